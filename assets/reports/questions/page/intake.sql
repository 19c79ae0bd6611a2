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
    and period_kind = 'year_to_date'
    and year(period_start) = year(closing_date)
