-- Minh chứng truyền đạt mục tiêu của phòng, đơn vị; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as unit,
    null::integer   as year,
    null::varchar   as form,
    null::varchar   as document_number,
    null::date      as communicated_on,
    null::integer   as participants
from reference.closing
where false
