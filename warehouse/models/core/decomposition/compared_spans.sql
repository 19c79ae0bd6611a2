-- Các cặp kỳ liền nhau để so sánh: tháng với tháng trước, quý với quý trước, lũy kế với lũy kế đến hết tháng trước.
with spans as (
    select
        period_kind,
        period_start    as span_start,
        as_at           as span_end,
        null            as within
    from core.periods
    where period_calendar = 'iso' and period_kind in ('month', 'quarter')
    union all
    select
        'year_to_date',
        date_trunc('year', period_start)::date,
        as_at,
        date_trunc('year', period_start)::date
    from core.periods
    where period_calendar = 'iso' and period_kind = 'month'
)

select
    period_kind,
    span_start,
    span_end,
    lag(span_start) over consecutive    as previous_start,
    lag(span_end) over consecutive      as previous_end
from spans
window consecutive as (partition by period_kind, within order by span_end)
qualify lag(span_end) over consecutive is not null
