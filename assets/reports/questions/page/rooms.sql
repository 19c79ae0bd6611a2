-- The Office's own rooms, each indicator that is told for them.
select
    unit_code,
    unit_name,
    indicator,
    numerator,
    denominator,
    verdict,
    numerator_last_year,
    denominator_last_year
from marts.headline_result
where
    unit_code in (select unit_code from core.office_units)
    and period_kind = 'year_to_date' and year(period_start) = year(closing_date)
order by unit_code, position
