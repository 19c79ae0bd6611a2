select
    chart.indicator,
    month(chart.period_start) as month,
    chart.value,
    chart.center,
    chart.lower_limit,
    chart.upper_limit,
    chart.signal
from marts.control_chart as chart
inner join (
    select distinct
        position,
        indicator,
        unit_code
    from marts.headline_result
    where is_headline_unit and year(period_start) = $year
) as board
    on board.indicator = chart.indicator and chart.unit_code = coalesce($unit, board.unit_code)
where year(chart.period_start) = $year and chart.value is not null
order by board.position, chart.period_start
