-- Phòng, đơn vị thuộc Văn phòng đang hoạt động tại từng ngày đo: mẫu số của D1, D2, D3; không kể lãnh đạo Văn phòng.
select
    day.on_date,
    day.objective_year,
    day.year_start,
    unit.unit_code,
    arg_max(unit.unit_name, unit.valid_from) as unit_name
from core.measuring_days as day
inner join core.office_units as unit
    on day.on_date between unit.valid_from and coalesce(unit.valid_to, date '9999-12-31')
where unit.is_room
group by all
