-- Bảng điểm: mỗi chỉ tiêu một dòng, lũy kế từ đầu năm đến ngày chốt mới nhất, phạm vi của từng mục tiêu.
with newest as (
    select max(closing_date) as closing_date
    from marts.indicator_result
),

headline as (
    select result.*
    from marts.indicator_result as result
    inner join newest using (closing_date)
    inner join core.headlines as headline
        on
            headline.indicator = result.indicator
            and headline.unit_code = result.unit_code
            and headline.objective_year = year(result.period_end)
            and headline.is_headline
    inner join core.headline_period as period
        on result.period_start between period.period_start and period.period_end
    where
        result.is_headline
        and result.period_calendar = 'iso'
        and result.applicant_group
        = case result.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
),

months as (
    select
        indicator,
        arg_max(actual, period_start)                       as last_actual,
        arg_max(actual, period_start, 2)[2]                 as previous_actual,
        sum(numerator) filter (where period_start >= closing_date - interval 3 month) as recent_numerator,
        sum(denominator) filter (where period_start >= closing_date - interval 3 month) as recent_denominator
    from headline
    where period_kind = 'month' and denominator > 0
    group by indicator
),

-- Forecast: what is left of the year comes in at the pace so far and goes as the last three months went.
paced as (
    select
        headline.*,
        months.last_actual,
        months.previous_actual,
        months.recent_numerator / nullif(months.recent_denominator, 0)      as recent_rate,
        headline.denominator
        * greatest(make_date(year(headline.period_start), 12, 31) - headline.closing_date, 0)
        / (headline.period_end - headline.period_start + 1)                 as expected_rest
    from headline
    left join months using (indicator)
    where headline.period_kind = 'year_to_date'
)

select
    objective.position,
    paced.indicator,
    objective.label,
    paced.actual,
    paced.numerator,
    paced.denominator,
    paced.operator,
    paced.target,
    paced.verdict,
    case
        when paced.last_actual > paced.previous_actual then 'Tăng'
        when paced.last_actual < paced.previous_actual then 'Giảm'
        when paced.last_actual = paced.previous_actual then 'Không đổi'
    end                             as trend,
    coalesce(
        forecast.forecast_year_end,
        (paced.numerator + coalesce(paced.recent_rate, paced.actual) * paced.expected_rest)
        / nullif(paced.denominator + paced.expected_rest, 0)
    )                               as forecast_year_end,
    paced.successes_needed,
    paced.closing_date              as as_of,
    paced.citation,
    paced.definition,
    paced.unit_code,
    paced.lower_bound,
    paced.upper_bound,
    paced.excluded,
    paced.quarantined,
    paced.failures_allowed,
    paced.interim_target,
    forecast.forecast_low,
    forecast.forecast_high,
    forecast.required_rate
from paced
inner join reference.objectives as objective
    on
        objective.indicator = paced.indicator
        and objective.objective_year = year(paced.period_start)
left join indicators.forecast as forecast on forecast.indicator = paced.indicator
order by objective.position
