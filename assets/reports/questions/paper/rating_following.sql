-- How far the ratings of the report's year have come, by year, quarter and month.
select
    staff_group,
    period_kind,
    period_end,
    state,
    rated,
    good_or_better,
    excellent,
    citation
from marts.rating_following
where objective_year = $year and state <> 'Chưa đến kỳ'
order by staff_group asc, array_position(['year', 'quarter', 'month'], period_kind) asc, period_end asc
