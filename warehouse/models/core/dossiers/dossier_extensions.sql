-- Ba cách dời hạn bằng tạm dừng: lời hứa thêm lần hợp lệ, lời hứa thêm mọi lần, ngày hẹn thấy lần đầu thêm lần hợp lệ.
with sums as (
    select
        record_key,
        min(ended_at)                                                           as first_ended_at,
        coalesce(sum(working_days) filter (where extends_due), 0)::integer      as days,
        coalesce(sum(working_minutes) filter (where extends_due), 0)::integer   as minutes,
        sum(working_days)::integer                                              as all_days,
        sum(working_minutes)::integer                                           as all_minutes
    from core.dossier_pauses
    where extends_due or pause_kind = 'bo_sung'
    group by record_key
),

wanted as (
    select
        sums.record_key,
        promise.limit_unit,
        promise.accepted_on,
        sums.first_ended_at,
        sums.days                                                               as paused_working_days,
        way.name                                                                as way,
        if(way.name = 'added', promise.due_on_original, promise.due_on_promised) as due_from,
        if(way.name = 'every', sums.all_days, sums.days)                        as days,
        if(way.name = 'every', sums.all_minutes, sums.minutes)                  as minutes
    from sums
    inner join core.dossier_promises as promise using (record_key)
    cross join (select unnest(['legal', 'every', 'added']) as name) as way
),

in_days as (
    select
        wanted.record_key,
        wanted.way,
        due.day + wanted.due_from::time as due_to
    from wanted
    inner join reference.calendar as promised on promised.day = wanted.due_from::date
    inner join reference.working_days as due on due.working_day_index = promised.working_day_index + wanted.days
    where wanted.limit_unit is distinct from 'h' and wanted.days > 0
),

due_minutes as (
    select
        wanted.record_key,
        wanted.way,
        (promised.working_day_index - promised.is_working::integer) * clock.day_minutes
        + clock.office_minutes * promised.is_working::integer + wanted.minutes  as due_minutes,
        clock.day_minutes,
        clock.holds_from
    from wanted
    inner join reference.calendar as promised on promised.day = wanted.due_from::date
    inner join core.office_clock as clock
        on
            wanted.accepted_on between clock.holds_from and clock.holds_to
            and clock.minute_of_day = date_diff('minute', wanted.due_from::date, wanted.due_from)
    where wanted.limit_unit = 'h' and wanted.minutes > 0
),

in_hours as (
    select
        due_minutes.record_key,
        due_minutes.way,
        due.day + to_minutes(min(clock.minute_of_day)) as due_to
    from due_minutes
    inner join reference.working_days as due
        on due.working_day_index = ceil(due_minutes.due_minutes / due_minutes.day_minutes)
    inner join core.office_clock as clock
        on
            clock.holds_from = due_minutes.holds_from
            and clock.office_minutes
            = due_minutes.due_minutes - (due.working_day_index - 1) * due_minutes.day_minutes
    group by due_minutes.record_key, due_minutes.way, due.day
)

select
    wanted.record_key,
    wanted.way,
    wanted.first_ended_at,
    wanted.paused_working_days,
    coalesce(moved.due_to, wanted.due_from) as due_to
from wanted
left join (
    select * from in_days
    union all
    select * from in_hours
) as moved using (record_key, way)
