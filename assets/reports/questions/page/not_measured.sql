select
    clause,
    words,
    reason,
    what_is_needed
from marts.not_measured
inner join (
    select year(max(as_of)) as newest_year
    from marts.scoreboard
) as newest on newest.newest_year = objective_year
order by position
