select
    chart.indicator,
    month(chart.period_start) as month,
    chart.value,
    chart.center,
    chart.lower_limit,
    chart.upper_limit,
    chart.signal
from marts.control_chart as chart
inner join marts.scoreboard as board
    on board.indicator = chart.indicator and chart.unit_code = coalesce($unit, board.unit_code)
inner join reference.definitions as definition
    on
        definition.indicator = board.indicator
        and definition.definition = board.definition
        and board.as_of between definition.holds_from and definition.holds_to
-- What stands at a month's end moves by steps; only what flows has a variation to tell from chance.
where
    definition.basis = 'flow' and not definition.is_cumulative
    and year(chart.period_start) = $year and chart.value is not null
order by board.position, chart.period_start
