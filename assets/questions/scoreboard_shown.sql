-- The scoreboard with its counts in one column, for Dagster's page of it.
select
    *,
    numerator || ' / ' || denominator as counted
from marts.scoreboard
order by position
