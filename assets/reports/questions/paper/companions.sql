-- Every definition in use, the headline first: the table beside the main one.
select
    result.closing_date,
    result.indicator,
    result.definition,
    result.is_headline,
    result.unit_code,
    result.unit_name,
    result.applicant_group,
    result.period_calendar,
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
    result.interim_target,
    result.verdict,
    result.verdict_reason,
    result.is_retrospective,
    result.failures_allowed,
    result.successes_needed,
    result.citation,
    result.commitment_verb,
    result.definition_version,
    result.calendar_version,
    result.known_from,
    result.run_id,
    definition.label as definition_label,
    definition.formula,
    known.source_words,
    board.position,
    result.measure,
    result.unit_of_measure,
    result.decimals,
    result.upper_target,
    result.settled_early as early,
    result.settled_on_time as on_time
from marts.indicator_result as result
inner join (
    select distinct
        position,
        indicator,
        unit_code
    from marts.headline_result
    where is_headline_unit and year(period_start) = year($start::date)
) as board
    on board.indicator = result.indicator and result.unit_code = coalesce($unit, board.unit_code)
inner join reference.indicators as known
    on known.indicator = result.indicator and known.applicant_group = result.applicant_group
left join reference.definitions as definition
    on
        definition.indicator = result.indicator
        and definition.definition = result.definition
        and least(result.period_end, result.closing_date) between definition.holds_from and definition.holds_to
where
    result.closing_date = (select max(closing_date) from marts.indicator_result)
    and result.period_calendar = 'iso' and result.period_kind = $kind and result.period_start = $start
order by board.position asc, result.is_headline desc, result.definition asc
