-- Whether the year of the closing date has objectives, and what must be said of it.
select
    closing_date,
    objective_year,
    objectives,
    is_example,
    notice
from core.objective_year
