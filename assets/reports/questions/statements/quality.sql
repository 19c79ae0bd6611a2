-- What the quality report says, indicator by indicator.
select
    quality.indicator,
    objective.label,
    quality.heading,
    quality.measure,
    quality.words
from marts.quality as quality
cross join reference.closing as closing
inner join reference.objectives as objective
    on objective.indicator = quality.indicator and objective.objective_year = year(closing.closing_date)
order by quality.position, quality.indicator, quality.heading_position, quality.measure
