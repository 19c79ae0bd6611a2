-- D3: đơn vị có bảng rủi ro và cơ hội được duyệt.
select
    null::varchar   as indicator,
    null::varchar   as definition,
    null::varchar   as unit_code,
    null::varchar   as basis,
    null::date      as on_date,
    null::varchar   as record_kind,
    null::varchar   as record_key,
    null::varchar   as outcome,
    null::varchar   as reason_code,
    null::varchar   as reason,
    null::integer   as days_late
from reference.closing
where false
