-- Days that are not what their day of the week is, and how many weekend days were off.
with span as (
    select
        day,
        kind,
        citation,
        state,
        count(*) filter (where kind = 'NGHI_TUAN') over () as weekend_days
    from reference.calendar
    where day between $start and $until
)

select
    day,
    kind,
    citation,
    state,
    weekend_days
from span
where kind <> 'LAM_VIEC'
order by day
