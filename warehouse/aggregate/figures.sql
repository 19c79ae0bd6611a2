-- What the edition has of marts.indicator_result: headlines, year to date, newest closing date, so that no two rows
-- of a unit differ by a month, a definition or a calendar. Small cells are taken out afterwards.
create table aggregate.marts.indicator_result as
select
    result.closing_date,
    result.indicator,
    result.definition,
    result.unit_code,
    result.unit_name,
    result.is_rollup,
    result.period_start,
    result.period_end,
    result.numerator,
    result.denominator,
    result.actual,
    result.operator,
    result.target,
    result.verdict,
    result.citation,
    false as is_suppressed
from whole.marts.indicator_result as result
inner join whole.reference.indicators as known using (indicator, applicant_group)
where
    result.is_headline
    and result.period_calendar = 'iso'
    and result.period_kind = 'year_to_date'
    and result.closing_date = (select max(closing_date) from whole.marts.indicator_result)
order by result.indicator, result.definition, result.unit_code, result.period_start
