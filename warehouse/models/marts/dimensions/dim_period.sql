-- Mỗi kỳ đo đã bắt đầu một dòng: nhãn, số ngày đã qua, cùng kỳ năm trước, kỳ liền trước cùng loại.
with told as (
    select
        period.*,
        -- A period of the report calendar is named after the month in which it ends.
        month(period.period_start + if(period.period_calendar = 'report', interval 1 month, interval 0 month))
            as first_month,
        year(period.period_start + if(period.period_calendar = 'report', interval 1 month, interval 0 month))
            as named_year
    from core.periods as period
)

select
    told.period_calendar,
    told.period_kind,
    told.period_start,
    told.period_end,
    case told.period_kind
        when 'month' then 'Tháng ' || lpad(told.first_month::varchar, 2, '0') || '/' || told.named_year
        when 'quarter'
            then 'Quý ' || ['I', 'II', 'III', 'IV'][(told.first_month + 2) // 3] || '/' || told.named_year
        when 'half_year' then '6 tháng đầu năm ' || told.named_year
        when 'nine_months' then '9 tháng đầu năm ' || told.named_year
        when 'year' then 'Năm ' || told.named_year
        when 'year_to_date' then 'Từ đầu năm ' || told.named_year
    end || if(told.period_calendar = 'report', ' (15–14)', '')          as period_label,
    told.as_at,
    told.is_over,
    told.as_at - told.period_start + 1                                  as days,
    earlier.span_start                                                  as last_year_start,
    earlier.span_as_at                                                  as last_year_end,
    lag(told.period_start) over (
        partition by told.period_calendar, told.period_kind order by told.period_start
    )                                                                   as previous_start
from told
inner join core.period_spans as earlier
    on
        earlier.period_calendar = told.period_calendar
        and earlier.period_kind = told.period_kind
        and earlier.period_start = told.period_start
        and earlier.is_last_year
order by told.period_calendar, told.period_kind, told.period_start
