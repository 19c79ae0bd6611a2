-- Kết quả chính tại ngày chốt mới nhất: định nghĩa chính, đúng nhóm người nộp, lịch dương; mọi đơn vị, mọi kỳ.
-- What every page and report joins; other definitions, groups, calendars and closing dates stand in indicator_result.
select
    objective.position,
    result.indicator,
    objective.label,
    result.definition,
    definition.label                        as definition_label,
    definition.formula,
    definition.basis,
    definition.is_cumulative,
    result.unit_code,
    result.unit_name,
    result.unit_code = headline.unit_code   as is_headline_unit,
    result.applicant_group,
    result.period_kind,
    result.period_start,
    result.period_end,
    result.numerator,
    result.denominator,
    result.excluded,
    result.quarantined,
    result.actual,
    result.lower_bound,
    result.upper_bound,
    result.operator,
    result.target,
    result.verdict,
    result.verdict_reason,
    result.is_retrospective,
    result.definition_version,
    result.known_from,
    result.closing_date,
    result.actual_last_year,
    result.numerator_last_year,
    result.denominator_last_year,
    result.is_example,
    result.settled_early,
    result.settled_on_time,
    result.measure,
    result.unit_of_measure,
    result.decimals,
    result.upper_target
from marts.indicator_result as result
inner join (select max(closing_date) as closing_date from marts.indicator_result) as newest using (closing_date)
-- As the objectives of its own year call it, whatever the year of the closing date.
inner join reference.objectives as objective
    on objective.indicator = result.indicator and objective.objective_year = year(result.period_end)
inner join core.headlines as headline
    on
        headline.indicator = result.indicator
        and headline.objective_year = objective.objective_year
        and headline.is_headline
-- The one group that an indicator is told for.
inner join reference.indicators as known
    on known.indicator = result.indicator and known.applicant_group = result.applicant_group
left join reference.definitions as definition
    on
        definition.indicator = result.indicator
        and definition.definition = result.definition
        and least(result.period_end, result.closing_date) between definition.holds_from and definition.holds_to
where result.is_headline and result.period_calendar = 'iso'
