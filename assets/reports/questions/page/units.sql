-- Every unit that has settled or holds a dossier, as units are today and as they were; the most failures first.
select
    view,
    unit_code,
    unit_name,
    numerator,
    denominator,
    actual,
    open_dossiers,
    overdue_dossiers
from marts.unit_history
where
    view in ('as_now', 'as_was') and existed
    and period_calendar = 'iso' and period_kind = 'year_to_date'
    and year(period_start) = (select year(max(as_of)) from marts.scoreboard)
    and (denominator > 0 or open_dossiers > 0)
order by view asc, denominator - numerator desc, unit_code
