-- Year to date for the headline's unit, as at any closing date that has been computed.
select
    result.closing_date,
    result.indicator,
    result.definition,
    result.is_headline,
    result.numerator,
    result.denominator,
    result.actual,
    result.target,
    result.verdict,
    result.operator,
    result.measure,
    result.unit_of_measure,
    result.decimals,
    result.upper_target
from marts.indicator_result as result
inner join core.headlines as headline
    on
        headline.indicator = result.indicator
        and headline.unit_code = result.unit_code
        and headline.objective_year = year(result.period_end)
inner join reference.objectives as objective
    on objective.indicator = result.indicator and objective.objective_year = headline.objective_year
where
    headline.is_headline
    and result.closing_date = $closing_date
    and result.period_calendar = 'iso'
    and result.period_kind = 'year_to_date'
    and result.applicant_group <> 'chua_xac_dinh'
    -- Of a year without objectives there are none, and those of the year before are not its own.
    and year(result.period_start) = year($closing_date)
order by objective.position asc, result.is_headline desc, result.definition asc
