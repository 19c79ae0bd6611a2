select
    indicator,
    sector_name,
    numerator,
    denominator,
    actual,
    settled_early as early,
    settled_on_time as on_time
from marts.sector_result
where
    unit_code = 'VP'
    and period_calendar = 'iso'
    and period_kind = 'year_to_date'
    and year(period_start) = year(closing_date)
order by indicator asc, denominator desc, sector_name asc
