-- MT1 (R1) theo lĩnh vực TTHC, phạm vi mục tiêu và toàn tỉnh, từng kỳ: tử số, mẫu số, trước hạn, đúng hạn.
-- A dossier that is set aside is in no sector: its sector is not sure either. One with a pause that is not clear is.
select
    'MT1'                                           as indicator,
    'R1'                                            as definition,
    scope.scope_code                                as unit_code,
    sector.sector_name,
    period.period_calendar,
    period.period_kind,
    period.period_start,
    period.period_end,
    sum(weight.numerator)::bigint                   as numerator,
    sum(weight.denominator)::bigint                 as denominator,
    sum(weight.quarantined)::bigint                 as quarantined,
    count(*) filter (where clock.status_code in (9, 10) and clock.lateness < 0) as early,
    count(*) filter (where clock.status_code in (9, 10) and clock.lateness = 0) as on_time
from core.dossier_clock as clock
inner join core.dossier_sectors as sector using (record_key)
inner join core.dossier_weights as weight
    on
        weight.definition = 'R1'
        and weight.event = 'ended'
        and weight.is_unclear = clock.is_unclear
        and weight.is_settled = (clock.status_code in (9, 10))
        and weight.is_in_time = (clock.lateness <= 0)
        and clock.ended_on between weight.holds_from and weight.holds_to
inner join core.periods as period on clock.ended_on between period.period_start and period.as_at
inner join core.scope_spans as scope
    on scope.unit_code = clock.unit_code and period.as_at between scope.holds_from and scope.holds_to
inner join reference.closing as closing on scope.scope_code in ('VP', closing.org_code)
where clock.is_ended
group by all
having sum(weight.denominator) > 0
