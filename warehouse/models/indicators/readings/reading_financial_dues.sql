-- Hạn của hồ sơ có nghĩa vụ tài chính theo mỗi cách đọc về tạm dừng vì nghĩa vụ đó (P-13): dời thêm hoặc bớt lần đó.
-- Only what differs from the due date that decides.
with asked as (
    select
        pause.record_key,
        reading.reading,
        coalesce(ruling.refusal, '') not in ('lan_sau', 'da_qua_hen')
        and case reading.value
            when 'luon_tam_dung' then true
            when 'theo_thu_tuc' then ruling.is_in_procedure
            else false
        end                                                                 as would_extend,
        would_extend::integer - pause.extends_due::integer                  as sign,
        sign * pause.working_days                                           as days,
        sign * pause.working_minutes                                        as minutes
    from core.dossier_pauses as pause
    inner join core.pause_rulings as ruling using (record_key, pause_kind, ordinal)
    cross join reference.closing as closing
    inner join reference.readings as reading
        on
            reading.indicator = 'MT1'
            and reading.parameter = 'P-13'
            and closing.closing_date between reading.holds_from and reading.holds_to
    where pause.pause_kind = 'tai_chinh' and pause.extends_due is not null and sign <> 0
),

wanted as (
    select
        asked.record_key,
        asked.reading,
        clock.limit_unit,
        clock.accepted_on,
        asked.days,
        asked.minutes,
        unnest([
            struct_pack(name := 'due', moment := clock.due_on_effective),
            struct_pack(name := 'latest', moment := clock.due_on_latest)
        ])                                                                  as mark
    from asked
    inner join core.dossier_clock as clock using (record_key)
),

in_minutes as (
    select
        wanted.*,
        clock.holds_from,
        clock.day_minutes,
        (day.working_day_index - day.is_working::integer) * clock.day_minutes
        + clock.office_minutes * day.is_working::integer + wanted.minutes   as due_minutes
    from wanted
    inner join reference.calendar as day on day.day = wanted.mark.moment::date
    inner join core.office_clock as clock
        on
            wanted.accepted_on between clock.holds_from and clock.holds_to
            and clock.minute_of_day = date_diff('minute', wanted.mark.moment::date, wanted.mark.moment)
    where wanted.limit_unit = 'h'
),

moved as (
    select
        wanted.record_key,
        wanted.reading,
        wanted.mark.name                                                    as name,
        due.day + wanted.mark.moment::time                                  as due_to
    from wanted
    inner join reference.calendar as day on day.day = wanted.mark.moment::date
    inner join reference.working_days as due on due.working_day_index = day.working_day_index + wanted.days
    where wanted.limit_unit is distinct from 'h'
    union all
    select
        counted.record_key,
        counted.reading,
        counted.mark.name,
        due.day + to_minutes(min(clock.minute_of_day))
    from in_minutes as counted
    inner join reference.working_days as due
        on due.working_day_index = ceil(counted.due_minutes / counted.day_minutes)
    inner join core.office_clock as clock
        on
            clock.holds_from = counted.holds_from
            and clock.office_minutes = counted.due_minutes - (due.working_day_index - 1) * counted.day_minutes
    group by counted.record_key, counted.reading, counted.mark.name, due.day
)

select
    record_key,
    reading,
    max(due_to) filter (where name = 'due')     as due,
    max(due_to) filter (where name = 'latest')  as latest
from moved
group by record_key, reading
