-- Hai khoảng ngày của mỗi kỳ đo: của chính kỳ, và cùng kỳ năm trước (kỳ chưa hết thì đến cùng ngày năm trước).
select
    *,
    false           as is_last_year,
    period_start    as span_start,
    as_at           as span_as_at
from core.periods
union all
select
    *,
    true                                    as is_last_year,
    (period_start - interval 1 year)::date  as span_start,
    -- February ends where it ends.
    if(
        as_at = last_day(as_at), last_day((as_at - interval 1 year)::date), (as_at - interval 1 year)::date
    )                                       as span_as_at
from core.periods
