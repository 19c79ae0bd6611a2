-- How far the objectives were made known in each room: the best attended occasion of the year.
select
    told.unit_code,
    told.unit_name,
    told.communicated_on,
    told.participants,
    told.staff
from marts.communication as told
inner join core.headline_period as period on told.objective_year = year(period.period_end)
qualify
    row_number() over (
        partition by told.unit_code, told.unit_name order by told.participants desc nulls last, told.communicated_on asc
    ) = 1
order by told.unit_code, told.unit_name
