-- No row where nothing has been published for the unit.
select max_by(unit_name, closing_date) as unit_name
from marts.indicator_result
where unit_code = $unit
having count(*) > 0
