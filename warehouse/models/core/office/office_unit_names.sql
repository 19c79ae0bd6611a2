-- Cách viết đã biết của mỗi phòng, đơn vị thuộc Văn phòng (tên hoặc mã, không dấu), dùng để nhận ra đơn vị trong sổ.
with spellings as (
    select
        fold_ascii(unit_name)   as folded_name,
        unit_code
    from core.office_units
    union all
    select
        fold_ascii(unit_code),
        unit_code
    from core.office_units
)

select
    folded_name,
    min(unit_code) as unit_code
from spellings
group by folded_name
