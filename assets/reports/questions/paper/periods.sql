-- The periods for which there are figures, and the year so far, whatever there is of it.
select
    period_kind,
    period_start,
    period_end,
    closing_date
from marts.headline_result
union
select
    'year_to_date'                          as period_kind,
    date_trunc('year', closing_date)::date  as period_start,
    closing_date                            as period_end,
    closing_date
from reference.closing
order by all
