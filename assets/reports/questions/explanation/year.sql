-- The calendar year so far, to which the scoreboard counts.
select
    date_trunc('year', closing_date)::date  as period_start,
    closing_date                            as as_at
from reference.closing
