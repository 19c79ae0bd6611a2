-- Số của kho dữ liệu so với Cổng quốc gia theo tháng và đơn vị: đúng hạn theo QĐ 766 (R2), tiếp nhận, giải quyết.
with months as (
    select *
    from core.periods
    where period_calendar = 'iso' and period_kind = 'month'
),

counted as (
    select
        scope.scope_code                                                            as unit_code,
        months.period_start,
        count(*) filter (where clock.accepted_on between months.period_start and months.as_at) as received,
        count(*) filter (
            where clock.is_ended and clock.ended_on between months.period_start and months.as_at
        )                                                                           as ended
    from core.dossier_clock as clock
    inner join core.scopes as scope using (unit_code)
    inner join months
        on months.period_start in (date_trunc('month', clock.accepted_on), date_trunc('month', clock.ended_on))
    where clock.is_counted
    group by all
),

sides as (
    select
        'diem_tien_do_quoc_gia'                             as subject,
        score.unit_code,
        score.period_start,
        ours.numerator                                      as left_count,
        round(score.on_time_share * ours.denominator)::bigint as right_count
    from core.national_scores as score
    inner join core.national_rates as ours using (unit_code, period_kind, period_start)
    where score.period_kind = 'month'
    union all
    select
        told.subject,
        total.unit_code,
        total.period_start,
        coalesce(if(told.subject = 'tiep_nhan_quoc_gia', counted.received, counted.ended), 0),
        if(told.subject = 'tiep_nhan_quoc_gia', total.received, total.settled)
    from core.national_totals as total
    cross join (values ('tiep_nhan_quoc_gia'), ('giai_quyet_quoc_gia')) as told (subject)
    left join counted using (unit_code, period_start)
),

-- Who was set aside is missing on our side.
aside as (
    select
        scope.scope_code                as unit_code,
        months.period_start,
        sum(aside.quarantined)::bigint  as explained
    from core.dossiers_set_aside as aside
    inner join core.scopes as scope using (unit_code)
    inner join months on aside.on_date <= months.as_at and aside.until_date >= months.period_start
    group by all
)

select
    sides.subject,
    sides.unit_code,
    sides.period_start,
    sides.left_count,
    sides.right_count,
    least(sides.left_count, sides.right_count)              as matched,
    greatest(sides.left_count - sides.right_count, 0)       as only_left,
    greatest(sides.right_count - sides.left_count, 0)       as only_right,
    coalesce(aside.explained, 0)                            as explained
from sides
left join aside using (unit_code, period_start)
