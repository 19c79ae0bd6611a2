-- The last day of the official working calendar, and the days after it that are listed as provisional.
select
    closing.closing_date,
    max(calendar.day) filter (where calendar.is_official)                           as official_until,
    coalesce(
        list(calendar.day order by calendar.day) filter (
            where calendar.state = 'tam_tinh' and calendar.day > closing.closing_date
        ), []
    )                                                                               as provisional_days
from reference.closing as closing
cross join reference.calendar as calendar
group by closing.closing_date
having official_until is not null
