-- Of the objectives' scope; a unit's own report has none.
select
    numerator,
    denominator,
    actual,
    limit_days,
    median_days,
    mean_days,
    days_of_ninety
from marts.intake_time
where
    unit_code = 'VP'
    and period_calendar = 'iso'
    and period_kind = $kind
    and period_start = $start
    and $unit is null
