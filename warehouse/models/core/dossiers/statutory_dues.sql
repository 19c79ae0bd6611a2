-- Hạn theo quy định: ngày tiếp nhận cộng thời hạn giải quyết, tính trên lịch làm việc chính thức.
-- A dossier's clock runs by the office hours of the day of its acceptance: by these its limit was promised.
with parameters as (
    select
        day_minutes,
        max(minute_of_day) filter (where is_last_minute)        as closing_minute,
        holds_from,
        holds_to
    from (
        select
            *,
            office_minutes = day_minutes
            and office_minutes > coalesce(
                lag(office_minutes) over (partition by holds_from order by minute_of_day), 0
            ) as is_last_minute
        from core.office_clock
    ) as marked
    group by day_minutes, holds_from, holds_to
),

same_day as (
    select
        cast(trim(value, '"') as time) as cutoff,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'same_day_cutoff'
),

limits as (
    select
        dossier.record_key,
        dossier.limit_unit,
        dossier.limit_amount,
        dossier.accepted_at,
        dossier.accepted_at::date                       as accepted_on,
        calendar.working_day_index,
        calendar.is_working,
        parameters.day_minutes,
        parameters.closing_minute,
        parameters.holds_from,
        (calendar.working_day_index - calendar.is_working::integer) * parameters.day_minutes
        + clock.office_minutes * calendar.is_working::integer   as elapsed_minutes,
        -- "Trong ngày": accepted after the cut-off, or on a day off, the limit is the next working day.
        dossier.limit_amount = 0 and (
            not calendar.is_working or dossier.accepted_at::time > same_day.cutoff
        )                                               as is_next_day
    from staging.portal__dossiers as dossier
    inner join reference.calendar as calendar on dossier.accepted_at::date = calendar.day
    inner join core.office_clock as clock
        on
            clock.minute_of_day = date_diff('minute', dossier.accepted_at::date, dossier.accepted_at)
            and dossier.accepted_at::date between clock.holds_from and clock.holds_to
    inner join parameters on parameters.holds_from = clock.holds_from
    inner join same_day on dossier.accepted_at::date between same_day.holds_from and same_day.holds_to
    where dossier.limit_unit in ('d', 'h', 'c') and dossier.limit_amount >= 0
),

in_days as (
    select
        limits.record_key,
        case
            when limits.limit_amount = 0 and not limits.is_next_day then limits.accepted_on
            else due.day
        end + to_minutes(limits.closing_minute) as due_on_statutory
    from limits
    left join reference.working_days as due
        on
            due.working_day_index
            = limits.working_day_index + greatest(ceil(limits.limit_amount), limits.is_next_day::integer)
    where limits.limit_unit = 'd'
),

-- Calendar days: a last day off moves to the next working day (BLDS 2015 Đ148(5)).
in_calendar_days as (
    select
        limits.record_key,
        due.day + to_minutes(limits.closing_minute) as due_on_statutory
    from limits
    inner join reference.calendar as nominal
        on nominal.day = limits.accepted_on + ceil(limits.limit_amount)::integer
    inner join reference.working_days as due
        on due.working_day_index = nominal.working_day_index + (not nominal.is_working)::integer
    where limits.limit_unit = 'c'
),

in_hours as (
    select
        limits.record_key,
        due.day + to_minutes(min(clock.minute_of_day)) as due_on_statutory
    from limits
    inner join reference.working_days as due
        on
            due.working_day_index
            = ceil((limits.elapsed_minutes + limits.limit_amount * 60) / limits.day_minutes)
    inner join core.office_clock as clock
        on
            clock.holds_from = limits.holds_from
            and clock.office_minutes
            = ceil(limits.elapsed_minutes + limits.limit_amount * 60)
            - (due.working_day_index - 1) * limits.day_minutes
    where limits.limit_unit = 'h'
    group by limits.record_key, due.day
)

select * from in_days
where due_on_statutory is not null
union all
select * from in_calendar_days
union all
select * from in_hours
