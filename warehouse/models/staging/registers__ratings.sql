-- Xếp loại cuối năm theo sổ của các phòng; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as person,
    null::varchar   as unit,
    null::varchar   as kind,
    null::integer   as year,
    null::varchar   as category,
    null::varchar   as stage,
    null::varchar   as reason,
    null::varchar   as decision_number,
    null::date      as decided_on
from reference.closing
where false
