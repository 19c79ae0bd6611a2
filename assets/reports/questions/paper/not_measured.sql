select
    clause,
    words,
    why,
    needed
from marts.not_measured
where objective_year = year($until::date)
order by position
