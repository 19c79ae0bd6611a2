-- Of the objectives' scope; a unit's own report has none.
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
    and period_kind = $kind
    and period_start = $start
    and $unit is null
order by indicator asc, denominator desc, sector_name asc
