-- Every unit that has settled or holds a dossier, as units are today and as they were; the most failures first.
select
    unit.view,
    unit.unit_code,
    unit.unit_name,
    unit.numerator,
    unit.denominator,
    unit.actual,
    -- The same work a year before, as units are today.
    if(unit.view = 'as_now', own.actual_last_year, null) as actual_last_year,
    funnel.position_label,
    unit.open_dossiers,
    unit.overdue_dossiers
from marts.unit_history as unit
-- Placed by the figure that is shown here, and not by another way of looking at the same unit.
left join marts.funnel as funnel
    on
        funnel.indicator = unit.indicator
        and funnel.unit_code = unit.unit_code
        and funnel.period_start = unit.period_start
        and funnel.period_end = unit.period_end
        and funnel.numerator = unit.numerator
        and funnel.denominator = unit.denominator
left join marts.headline_result as own
    on
        own.indicator = unit.indicator
        and own.unit_code = unit.unit_code
        and own.period_kind = unit.period_kind
        and own.period_start = unit.period_start
        and own.numerator = unit.numerator
        and own.denominator = unit.denominator
where
    unit.view in ('as_now', 'as_was') and unit.existed
    and unit.period_calendar = 'iso' and unit.period_kind = 'year_to_date'
    and year(unit.period_start) = (select year(max(as_of)) from marts.scoreboard)
    and (unit.denominator > 0 or unit.open_dossiers > 0)
order by unit.view asc, unit.denominator - unit.numerator desc, unit.unit_code
