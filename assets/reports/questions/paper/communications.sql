-- How many of the staff the objectives were told to, each room by its best attended occasion of the year.
with best as (
    select
        participants,
        staff
    from marts.communication
    where objective_year = $year and communicated_on <= $until and ($unit is null or unit_code = $unit)
    qualify row_number() over (
        partition by unit_code, unit_name order by participants desc nulls last, communicated_on asc
    ) = 1
)

select
    count(*)                    as rooms,
    sum(participants)::bigint   as participants,
    sum(staff)::bigint          as staff
from best
where participants is not null and staff is not null
having count(*) > 0
