-- Milestones of the unit that the scoreboard speaks of.
select
    milestone.indicator,
    month(milestone.on_date)    as month,
    milestone.target::double    as target
from reference.trajectories as milestone
inner join marts.scoreboard as board using (indicator, unit_code)
where year(milestone.on_date) = year(board.as_of)
order by all
