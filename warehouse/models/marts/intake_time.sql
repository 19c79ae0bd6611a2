-- Thời gian tiếp nhận hồ sơ trực tuyến, từ lúc nộp đến lúc tiếp nhận, theo ngày làm việc; từng phạm vi và kỳ.
-- In working days of the calendar, so that a night or a Sunday is no waiting; the clock of MT1 begins only afterwards.
with waited as (
    select
        clock.unit_code,
        dossier.accepted_at::date                               as accepted_on,
        accepted.working_day_index - applied.working_day_index  as days,
        -- Submitted after it was accepted is no time at all.
        dossier.applied_at > dossier.accepted_at                as is_impossible
    from core.dossier_clock as clock
    inner join core.dossiers as dossier using (record_key)
    left join reference.calendar as applied on applied.day = dossier.applied_at::date
    left join reference.calendar as accepted on accepted.day = dossier.accepted_at::date
    where clock.is_counted and dossier.channel = 'truc_tuyen'
),

limits as (
    select
        cast(value ->> '$.ngay_lam_viec' as integer) as limit_days,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'intake_limit'
)

select
    closing.closing_date,
    scope.scope_code                                                    as unit_code,
    period.period_calendar,
    period.period_kind,
    period.period_start,
    period.period_end,
    count(*) filter (where is_known and days <= limits.limit_days)      as numerator,
    count(*) filter (where is_known)                                    as denominator,
    count(*) filter (where not is_known)                                as quarantined,
    numerator / nullif(denominator, 0)                                  as actual,
    max(limits.limit_days)                                              as limit_days,
    median(days) filter (where is_known)                                as median_days,
    avg(days) filter (where is_known)                                   as mean_days,
    quantile_disc(days, 0.9) filter (where is_known)::bigint            as days_of_ninety
from (
    select
        *,
        coalesce(days is not null and not is_impossible, false) as is_known
    from waited
) as dossier
inner join limits on dossier.accepted_on between limits.holds_from and limits.holds_to
inner join core.periods as period on dossier.accepted_on between period.period_start and period.as_at
inner join core.scope_spans as scope
    on scope.unit_code = dossier.unit_code and period.as_at between scope.holds_from and scope.holds_to
cross join reference.closing as closing
where scope.scope_code in ('VP', closing.org_code)
group by all
order by all
