-- The months of the scoreboard's own figures, in the year of the closing date.
select
    indicator,
    month(period_start) as month,
    numerator,
    denominator,
    actual,
    verdict,
    is_retrospective
from marts.headline_result
where is_headline_unit and period_kind = 'month' and year(period_start) = year(closing_date)
order by indicator, month
