-- Điều chỉnh của từng chỉ tiêu: mỗi tháng trọn của năm, số công bố lần đầu và lần sau cùng cách nhau bao nhiêu.
-- One row per published month: a month is published first for the earliest closing date that has all of it.
with published as (
    select
        result.indicator,
        result.period_start,
        result.period_end,
        result.closing_date,
        result.actual,
        min(result.closing_date) over () as began
    from marts.indicator_result as result
    cross join reference.closing as closing
    inner join core.headlines as headline
        on
            headline.indicator = result.indicator
            and headline.unit_code = result.unit_code
            and headline.objective_year = year(result.period_end)
            and headline.is_headline
    inner join reference.indicators as known
        on known.indicator = result.indicator and known.applicant_group = result.applicant_group
    where
        result.is_headline
        and result.period_calendar = 'iso'
        and result.period_kind = 'month'
        and year(result.period_start) = year(closing.closing_date)
        and result.closing_date between result.period_end and closing.closing_date
        and result.actual is not null
)

select
    indicator,
    period_start,
    min(closing_date)                                               as first_closing_date,
    max(closing_date)                                               as last_closing_date,
    arg_min(actual, closing_date)                                   as actual_first,
    arg_max(actual, closing_date)                                   as actual_last,
    abs(arg_max(actual, closing_date) - arg_min(actual, closing_date)) as revision,
    -- A month that was over before anything was published tells nothing of how soon one publishes.
    if(
        any_value(period_end) >= any_value(began), (min(closing_date) - any_value(period_end))::integer, null
    )                                                               as days_to_first
from published
group by indicator, period_start
