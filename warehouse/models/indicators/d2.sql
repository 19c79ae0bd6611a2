-- D2: đơn vị có mục tiêu và kế hoạch đủ 5 yếu tố.
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
