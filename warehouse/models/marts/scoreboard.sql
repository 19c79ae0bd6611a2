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
    inner join reference.indicators as known
        on known.indicator = result.indicator and known.applicant_group = result.applicant_group
    where
        result.is_headline
        and result.period_calendar = 'iso'
),

standing as (
    select *
    from headline
    where period_kind = 'year_to_date'
)

select
    objective.position,
    standing.indicator,
    objective.label,
    standing.actual,
    standing.numerator,
    standing.denominator,
    standing.operator,
    standing.target,
    standing.verdict,
    trends.trend,
    forecast.forecast_year_end,
    standing.successes_needed,
    standing.closing_date           as as_of,
    standing.citation,
    standing.definition,
    standing.unit_code,
    standing.lower_bound,
    standing.upper_bound,
    standing.excluded,
    standing.quarantined,
    standing.failures_allowed,
    standing.interim_target,
    forecast.forecast_low,
    forecast.forecast_high,
    forecast.required_rate,
    standing.verdict_reason,
    standing.is_example,
    standing.actual_last_year,
    standing.numerator_last_year,
    standing.denominator_last_year,
    trends.trend_reason,
    objective.valid_from            as binding_from,
    standing.settled_early,
    standing.settled_on_time,
    standing.measure,
    standing.unit_of_measure,
    standing.decimals,
    standing.upper_target
from standing
inner join reference.objectives as objective
    on
        objective.indicator = standing.indicator
        and objective.objective_year = year(standing.period_start)
left join indicators.forecast as forecast on forecast.indicator = standing.indicator
left join indicators.trends as trends on trends.indicator = standing.indicator and trends.unit_code = standing.unit_code
order by objective.position
