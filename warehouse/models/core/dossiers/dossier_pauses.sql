-- Thời gian tạm dừng của hồ sơ đã tiếp nhận, tính đến ngày chốt: lần nào gia hạn, bao nhiêu ngày, phút làm việc.
with measured as (
    select
        ruling.*,
        until_day.working_day_index - from_day.working_day_index as working_days,
        (
            (until_day.working_day_index - until_day.is_working::integer) * from_clock.day_minutes
            + until_clock.office_minutes * until_day.is_working::integer
        ) - (
            (from_day.working_day_index - from_day.is_working::integer) * from_clock.day_minutes
            + from_clock.office_minutes * from_day.is_working::integer
        ) as working_minutes
    from core.pause_rulings as ruling
    inner join core.dossiers as dossier using (record_key)
    inner join reference.calendar as from_day on from_day.day = ruling.started_at::date
    inner join reference.calendar as until_day on until_day.day = ruling.counted_until::date
    inner join core.office_clock as from_clock
        on
            coalesce(dossier.accepted_at, ruling.started_at)::date
            between from_clock.holds_from and from_clock.holds_to
            and from_clock.minute_of_day
            = date_diff('minute', ruling.started_at::date, ruling.started_at)
    inner join core.office_clock as until_clock
        on
            until_clock.holds_from = from_clock.holds_from
            and until_clock.minute_of_day
            = date_diff('minute', ruling.counted_until::date, ruling.counted_until)
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
