-- The periods for which there are figures.
select distinct
    period_kind,
    period_start,
    period_end,
    closing_date
from marts.headline_result
order by all
