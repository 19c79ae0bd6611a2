-- Danh mục đơn vị phải kiểm tra tại từng ngày đo: theo kế hoạch đã duyệt, cộng đơn vị bổ sung; hoặc mọi phòng hiện có.
-- Which of the two the Office decided on (P-11) is `is_decided`; the other is how some read it.
with listed as (
    select
        'danh_sach_theo_ke_hoach'                               as list,
        day.on_date,
        day.objective_year,
        day.year_start,
        listed.unit                                             as unit_name,
        named.unit_code,
        coalesce(named.unit_code, fold_ascii(listed.unit))      as unit_key,
        listed.differing_columns
    from core.measuring_days as day
    inner join staging.registers__inspection_units as listed
        on
            listed.approved_on between day.year_start and day.on_date
            and coalesce(listed.added_on, listed.approved_on) <= day.on_date
    left join core.office_unit_names as named on named.folded_name = fold_ascii(listed.unit)
    union all by name
    select
        'phong_hien_co'                                         as list,
        room.*,
        room.unit_code                                          as unit_key
    from core.office_unit_days as room
)

-- One universe with D1–D3: whoever the list of units knows not to be a room is not one here either.
select
    list,
    list = (base.value ->> '$')     as is_decided,
    on_date,
    objective_year,
    year_start,
    unit_key,
    coalesce(min(unit_code), '?')   as unit_code,
    min(unit_name)                  as unit_name,
    -- In doubt only where no row is firm.
    if(bool_and(differing_columns is not null), min(differing_columns), null) as differing_columns
from listed
inner join reference.parameters as base
    on base.code = 'P-11' and listed.on_date between base.holds_from and base.holds_to
where
    unit_code is null
    or unit_code not in (
        select room.unit_code
        from core.office_units as room
        where not room.is_room
    )
group by all
