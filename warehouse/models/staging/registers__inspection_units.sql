-- Danh mục đơn vị phải kiểm tra theo kế hoạch; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as plan_number,
    null::date      as approved_on,
    null::varchar   as unit,
    null::varchar   as field,
    null::date      as added_on,
    null::varchar   as added_reason
from reference.closing
where false
