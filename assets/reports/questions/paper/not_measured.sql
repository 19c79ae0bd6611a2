select
    clause,
    words,
    reason,
    what_is_needed
from marts.not_measured
where objective_year = year($until::date)
order by position
