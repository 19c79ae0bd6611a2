-- Every objective of the period's year in it; $unit is null for the headline's own unit.
with board as (
    select
        position,
        indicator,
        label,
        as_of,
        definition,
        operator,
        target,
        upper_target,
        unit_code,
        binding_from,
        forecast_year_end,
        forecast_low,
        forecast_high,
        is_example,
        measure,
        unit_of_measure,
        decimals
    from marts.scoreboard
    where year(as_of) = $year
    union all by name
    -- A year before: its own objectives and targets, as its figures hold them.
    select
        whole.position,
        whole.indicator,
        whole.label,
        whole.closing_date      as as_of,
        whole.definition,
        whole.operator,
        whole.target,
        whole.upper_target,
        whole.unit_code,
        objective.valid_from    as binding_from,
        whole.is_example,
        whole.measure,
        whole.unit_of_measure,
        whole.decimals
    from marts.headline_result as whole
    inner join reference.objectives as objective
        on objective.indicator = whole.indicator and objective.objective_year = year(whole.period_start)
    where
        whole.is_headline_unit
        and whole.period_kind = 'year'
        and year(whole.period_start) = $year
        and year(whole.closing_date) <> $year
)

select
    board.position,
    board.indicator,
    board.label,
    board.as_of,
    board.definition,
    -- A unit is held against what binds it, and against nothing where nothing does.
    if($unit is null, board.operator, result.operator)  as operator,
    if($unit is null, board.target, result.target)      as target,
    coalesce(result.numerator, 0)                       as numerator,
    coalesce(result.denominator, 0)                     as denominator,
    result.actual,
    result.lower_bound,
    result.upper_bound,
    coalesce(result.verdict, 'Chưa có số liệu')         as verdict,
    result.verdict_reason,
    coalesce(result.is_retrospective, false)            as is_retrospective,
    board.binding_from,
    funnel.position_label,
    coalesce(result.excluded, 0)                        as excluded,
    coalesce(result.quarantined, 0)                     as quarantined,
    coalesce(result.unit_code, $unit, board.unit_code)  as unit_code,
    result.unit_name,
    result.period_start,
    result.period_end,
    result.definition_version,
    result.known_from,
    definition.label                                    as definition_label,
    definition.formula,
    definition.basis,
    definition.is_cumulative,
    -- A forecast is made for the headline's own scope.
    if($unit is null, board.forecast_year_end, null)    as forecast_year_end,
    if($unit is null, board.forecast_low, null)         as forecast_low,
    if($unit is null, board.forecast_high, null)        as forecast_high,
    known.is_deployment,
    result.settled_early as early,
    result.settled_on_time as on_time,
    result.actual_last_year,
    result.numerator_last_year,
    result.denominator_last_year,
    coalesce(result.is_example, board.is_example)       as is_example,
    board.measure,
    board.unit_of_measure,
    board.decimals,
    if($unit is null, board.upper_target, result.upper_target) as upper_target
from board
inner join reference.indicators as known on known.indicator = board.indicator
left join marts.headline_result as result
    on
        result.indicator = board.indicator
        and result.unit_code = coalesce($unit, board.unit_code)
        and result.period_kind = $kind
        and result.period_start = $start
left join marts.funnel as funnel
    on
        funnel.indicator = result.indicator
        and funnel.unit_code = result.unit_code
        and funnel.period_start = result.period_start
        and funnel.period_end = result.period_end
left join reference.definitions as definition
    on
        definition.indicator = board.indicator
        and definition.definition = board.definition
        and coalesce(least(result.period_end, board.as_of), board.as_of)
        between definition.holds_from and definition.holds_to
order by board.position
