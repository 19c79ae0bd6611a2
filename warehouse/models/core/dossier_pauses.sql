-- Thời gian tạm dừng của hồ sơ đã tiếp nhận, tính đến ngày chốt: lần nào gia hạn, bao nhiêu ngày, phút làm việc.
with day_length as (
    select max(office_minutes) as day_minutes from core.office_clock
),

financial_rule as (
    select value ->> '$' as decision
    from reference.parameters
    where code = 'P-13'
),

counted as (
    select
        dossier.record_key,
        dossier.dossier_code,
        pause.pause_kind,
        pause.ordinal,
        pause.started_at,
        pause.ended_at,
        dossier.due_on_original,
        -- An open pause runs to the closing date, none runs past the end of its dossier.
        least(
            coalesce(pause.ended_at, timestamp 'infinity'),
            coalesce(dossier.completed_at, timestamp 'infinity'),
            closing.closing_date + interval '23 hours 59 minutes'
        ) as counted_until,
        pause.ordinal = 1
        and case pause.pause_kind
            when 'bo_sung' then true
            else
                financial_rule.decision = 'luon_tam_dung'
                or (financial_rule.decision = 'theo_thu_tuc' and financial.procedure_code is not null)
        end
        and case
            when dossier.limit_unit = 'h'
                then
                    date_trunc('minute', pause.started_at)
                    <= date_trunc('minute', dossier.due_on_original)
            else pause.started_at::date <= dossier.due_on_original::date
        end as extends_due
    from core.pause_requests as pause
    inner join core.dossiers as dossier using (record_key)
    cross join reference.closing as closing
    cross join financial_rule
    left join reference.financial_pauses as financial
        on
            financial.procedure_code = national_procedure_code(dossier.procedure_code)
            and pause.pause_kind = 'tai_chinh'
    where pause.started_at::date <= closing.closing_date
),

measured as (
    select
        counted.*,
        until_day.working_day_index - from_day.working_day_index as working_days,
        (
            (until_day.working_day_index - until_day.is_working::integer) * day_length.day_minutes
            + until_clock.office_minutes * until_day.is_working::integer
        ) - (
            (from_day.working_day_index - from_day.is_working::integer) * day_length.day_minutes
            + from_clock.office_minutes * from_day.is_working::integer
        ) as working_minutes
    from counted
    cross join day_length
    inner join reference.calendar as from_day on from_day.day = counted.started_at::date
    inner join reference.calendar as until_day on until_day.day = counted.counted_until::date
    inner join core.office_clock as from_clock
        on
            from_clock.minute_of_day
            = date_diff('minute', counted.started_at::date, counted.started_at)
    inner join core.office_clock as until_clock
        on
            until_clock.minute_of_day
            = date_diff('minute', counted.counted_until::date, counted.counted_until)
)

select
    record_key,
    dossier_code,
    pause_kind,
    ordinal,
    started_at,
    ended_at,
    counted_until,
    extends_due,
    greatest(working_days, 0)::integer      as working_days,
    greatest(working_minutes, 0)::integer   as working_minutes
from measured
