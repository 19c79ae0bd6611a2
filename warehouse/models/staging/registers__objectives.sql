-- Mục tiêu chất lượng của phòng, đơn vị; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as unit,
    null::varchar   as approved_number,
    null::date      as approved_on,
    null::integer   as number,
    null::varchar   as objective,
    null::varchar   as linked_indicator,
    null::varchar   as target_text,
    null::double    as target_percent,
    null::varchar   as measures,
    null::varchar   as resources,
    null::varchar   as responsible,
    null::varchar   as finish,
    null::varchar   as method,
    null::varchar   as frequency,
    null::varchar   as result_q1,
    null::varchar   as result_q2,
    null::varchar   as result_q3,
    null::varchar   as result_q4,
    null::varchar   as evaluation,
    null::varchar   as note,
    null::date      as requested_on,
    null::date      as reported_on,
    null::integer   as year
from reference.closing
where false
