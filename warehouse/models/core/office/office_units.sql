-- Lãnh đạo, phòng, đơn vị thuộc Văn phòng, mã theo hệ thống một cửa khi trùng tên; is_room: phòng của D1–D3, MT5.
with rooms as (
    select
        unit_code,
        name                        as unit_name,
        fold_ascii(name)            as folded_name,
        kind = 'phòng, đơn vị'      as is_room,
        valid_from,
        valid_to
    from reference.units
    where parent_code = 'VP-UBND'
),

-- Only below the Office: communes have centres of the same name.
directory as (
    select
        fold_ascii(unit.unit_name)  as folded_name,
        min(unit.unit_code)         as unit_code
    from core.units as unit
    inner join core.unit_scopes as scope using (unit_code)
    where scope.scope_code = 'VP'
    group by all
    having count(*) = 1
)

select
    coalesce(directory.unit_code, rooms.unit_code) as unit_code,
    rooms.unit_name,
    rooms.folded_name,
    rooms.is_room,
    rooms.valid_from,
    rooms.valid_to
from rooms
left join directory using (folded_name)
