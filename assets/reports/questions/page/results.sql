-- The headlines of every period of the year of the closing date, in the order of the board.
select
    result.position,
    result.indicator,
    result.label,
    result.period_kind,
    result.period_start,
    result.period_end,
    result.closing_date,
    result.numerator,
    result.denominator,
    result.actual,
    result.actual_last_year,
    result.numerator_last_year,
    result.denominator_last_year,
    result.verdict,
    result.measure,
    result.unit_of_measure,
    result.decimals,
    result.operator,
    result.target,
    result.upper_target
from marts.headline_result as result
where result.is_headline_unit and year(result.period_start) = year(result.closing_date)
order by
    array_position(['year_to_date', 'year', 'nine_months', 'half_year', 'quarter', 'month'], result.period_kind) asc,
    result.period_start desc,
    result.position asc
