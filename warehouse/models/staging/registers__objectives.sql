-- Mục tiêu chất lượng của phòng, đơn vị và kế hoạch thực hiện.
with newest as (
    select version.*
    from raw.registers__objectives as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.unit'                                      as unit,
    try_cast(payload ->> '$.year' as integer)                 as year,
    payload ->> '$.approved_number'                           as approved_number,
    local_date(payload ->> '$.approved_on')                   as approved_on,
    try_cast(payload ->> '$.number' as integer)               as number,
    payload ->> '$.objective'                                 as objective,
    payload ->> '$.linked_indicator'                          as linked_indicator,
    payload ->> '$.target_text'                               as target_text,
    try_cast(payload ->> '$.target_percent' as decimal(7, 4)) as target_percent,
    payload ->> '$.measures'                                  as measures,
    payload ->> '$.resources'                                 as resources,
    payload ->> '$.responsible'                               as responsible,
    payload ->> '$.finish'                                    as finish,
    payload ->> '$.method'                                    as method,
    payload ->> '$.frequency'                                 as frequency,
    payload ->> '$.result_q1'                                 as result_q1,
    payload ->> '$.result_q2'                                 as result_q2,
    payload ->> '$.result_q3'                                 as result_q3,
    payload ->> '$.result_q4'                                 as result_q4,
    payload ->> '$.evaluation'                                as evaluation,
    payload ->> '$.note'                                      as note,
    local_date(payload ->> '$.requested_on')                  as requested_on,
    local_date(payload ->> '$.reported_on')                   as reported_on,
    payload ->> '$.differing_columns'                         as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
