-- Hạn có hiệu lực: hạn ban đầu cộng thời gian tạm dừng hợp lệ.
with day_length as (
    select
        holds_from,
        holds_to,
        max(office_minutes) as day_minutes
    from core.office_clock
    group by holds_from, holds_to
),

extensions as (
    select
        record_key,
        sum(working_days)::integer      as paused_working_days,
        sum(working_minutes)::integer   as paused_minutes
    from core.dossier_pauses
    where extends_due
    group by record_key
),

dossiers as (
    select
        dossier.record_key,
        dossier.limit_unit,
        dossier.due_on_original,
        coalesce(dossier.accepted_at, dossier.due_on_original)::date as accepted_on,
        coalesce(extensions.paused_working_days, 0)     as paused_working_days,
        coalesce(extensions.paused_minutes, 0)          as paused_minutes
    from core.dossiers as dossier
    left join extensions using (record_key)
    where dossier.due_on_original is not null
),

in_days as (
    select
        dossiers.record_key,
        due.day + dossiers.due_on_original::time as due_on_effective
    from dossiers
    inner join reference.calendar as promised on promised.day = dossiers.due_on_original::date
    inner join reference.working_days as due
        on due.working_day_index = promised.working_day_index + dossiers.paused_working_days
    where dossiers.limit_unit is distinct from 'h' and dossiers.paused_working_days > 0
),

promised_minutes as (
    select
        dossiers.record_key,
        (promised.working_day_index - promised.is_working::integer) * day_length.day_minutes
        + clock.office_minutes * promised.is_working::integer
        + dossiers.paused_minutes as due_minutes,
        day_length.day_minutes,
        day_length.holds_from
    from dossiers
    inner join day_length on dossiers.accepted_on between day_length.holds_from and day_length.holds_to
    inner join reference.calendar as promised on promised.day = dossiers.due_on_original::date
    inner join core.office_clock as clock
        on
            clock.holds_from = day_length.holds_from
            and clock.minute_of_day
            = date_diff('minute', dossiers.due_on_original::date, dossiers.due_on_original)
    where dossiers.limit_unit = 'h' and dossiers.paused_minutes > 0
),

in_hours as (
    select
        promised_minutes.record_key,
        due.day + to_minutes(min(clock.minute_of_day)) as due_on_effective
    from promised_minutes
    inner join reference.working_days as due
        on due.working_day_index = ceil(promised_minutes.due_minutes / promised_minutes.day_minutes)
    inner join core.office_clock as clock
        on
            clock.holds_from = promised_minutes.holds_from
            and clock.office_minutes
            = promised_minutes.due_minutes
            - (due.working_day_index - 1) * promised_minutes.day_minutes
    group by promised_minutes.record_key, due.day
),

extended as (
    select * from in_days
    union all
    select * from in_hours
)

select
    dossiers.record_key,
    dossiers.paused_working_days,
    coalesce(extended.due_on_effective, dossiers.due_on_original) as due_on_effective
from dossiers
left join extended using (record_key)
