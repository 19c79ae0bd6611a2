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
where year(chart.period_start) = $year and chart.value is not null
order by board.position, chart.period_start
