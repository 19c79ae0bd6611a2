-- The scoreboard, each row with its definition and the name of its unit.
select
    board.position,
    board.indicator,
    board.label,
    board.actual,
    board.numerator,
    board.denominator,
    coalesce(failing.records, 0)        as failed,
    board.operator,
    board.target,
    board.interim_target,
    board.verdict,
    board.verdict_reason,
    board.lower_bound,
    board.upper_bound,
    board.excluded,
    board.quarantined,
    board.trend,
    board.trend_reason,
    board.binding_from,
    board.forecast_year_end,
    board.forecast_low,
    board.forecast_high,
    board.required_rate,
    board.as_of,
    board.citation,
    board.unit_code,
    scope.unit_name,
    board.definition,
    definition.label                    as definition_label,
    definition.formula,
    definition.basis,
    definition.is_cumulative,
    known.part_of is not null           as is_part,
    board.actual_last_year,
    board.numerator_last_year,
    board.denominator_last_year,
    board.is_example,
    board.settled_early as early,
    board.settled_on_time as on_time,
    board.measure,
    board.unit_of_measure,
    board.decimals,
    board.upper_target,
    known.record_kind = 'official'      as is_of_people
from marts.scoreboard as board
inner join reference.indicators as known using (indicator)
left join (
    select
        indicator,
        max_by(unit_name, period_start) as unit_name
    from marts.headline_result
    where is_headline_unit
    group by indicator
) as scope using (indicator)
left join reference.definitions as definition
    on
        definition.indicator = board.indicator
        and definition.definition = board.definition
        and board.as_of between definition.holds_from and definition.holds_to
left join (
    select
        indicator,
        count(*) as records
    from marts.failing_record
    group by indicator
) as failing on failing.indicator = board.indicator
order by board.position
