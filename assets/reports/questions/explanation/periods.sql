select
    period_calendar,
    period_kind,
    period_end
from core.periods
where $day between period_start and as_at and period_kind <> 'year_to_date'
order by period_calendar, period_end - period_start, period_start
