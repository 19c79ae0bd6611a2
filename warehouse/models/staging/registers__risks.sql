-- Rủi ro và cơ hội của phòng, đơn vị; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as unit,
    null::integer   as year,
    null::varchar   as approved_number,
    null::date      as approved_on,
    null::integer   as number,
    null::varchar   as process,
    null::varchar   as linked_objective,
    null::varchar   as context,
    null::varchar   as kind,
    null::varchar   as description,
    null::varchar   as cause,
    null::varchar   as consequence,
    null::integer   as probability,
    null::integer   as severity,
    null::integer   as score,
    null::varchar   as level,
    null::varchar   as existing_controls,
    null::varchar   as treatment,
    null::varchar   as responsible,
    null::date      as due_on,
    null::varchar   as state,
    null::varchar   as result,
    null::varchar   as effectiveness,
    null::date      as reviewed_on
from reference.closing
where false
