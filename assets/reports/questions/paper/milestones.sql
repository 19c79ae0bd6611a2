select
    milestone.indicator,
    month(milestone.on_date)    as month,
    milestone.target::double    as target
from reference.trajectories as milestone
inner join (
    select distinct
        position,
        indicator,
        unit_code
    from marts.headline_result
    where is_headline_unit and year(period_start) = $year
) as board
    on board.indicator = milestone.indicator and milestone.unit_code = coalesce($unit, board.unit_code)
where year(milestone.on_date) = $year
order by board.position, milestone.on_date
