-- Đồng hồ giờ hành chính (P-17): đến mỗi phút đã qua bao nhiêu phút làm việc của ngày, theo từng bản giờ làm việc.
with minutes as (
    select unnest(range(0, 1441)) as minute_of_day
),

sessions as (
    select
        date_diff('minute', time '00:00', starts)   as first_minute,
        date_diff('minute', starts, ends)           as length_minutes,
        holds_from,
        holds_to
    from reference.office_hours
)

select
    minutes.minute_of_day::integer as minute_of_day,
    sum(
        greatest(0, least(minutes.minute_of_day - sessions.first_minute, sessions.length_minutes))
    )::integer as office_minutes,
    sum(sessions.length_minutes)::integer as day_minutes,
    sessions.holds_from,
    sessions.holds_to
from minutes, sessions
group by minutes.minute_of_day, sessions.holds_from, sessions.holds_to
