-- Bảng rủi ro và cơ hội của phòng, đơn vị.
with newest as (
    select version.*
    from raw.registers__risks as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.unit'                             as unit,
    try_cast(payload ->> '$.year' as integer)        as year,
    payload ->> '$.approved_number'                  as approved_number,
    local_date(payload ->> '$.approved_on')          as approved_on,
    try_cast(payload ->> '$.number' as integer)      as number,
    payload ->> '$.process'                          as process,
    payload ->> '$.linked_objective'                 as linked_objective,
    payload ->> '$.context'                          as context,
    payload ->> '$.kind'                             as kind,
    payload ->> '$.description'                      as description,
    payload ->> '$.cause'                            as cause,
    payload ->> '$.consequence'                      as consequence,
    try_cast(payload ->> '$.probability' as integer) as probability,
    try_cast(payload ->> '$.severity' as integer)    as severity,
    try_cast(payload ->> '$.score' as integer)       as score,
    payload ->> '$.level'                            as level,
    payload ->> '$.existing_controls'                as existing_controls,
    payload ->> '$.treatment'                        as treatment,
    payload ->> '$.responsible'                      as responsible,
    local_date(payload ->> '$.due_on')               as due_on,
    payload ->> '$.state'                            as state,
    payload ->> '$.result'                           as result,
    payload ->> '$.effectiveness'                    as effectiveness,
    local_date(payload ->> '$.reviewed_on')          as reviewed_on,
    payload ->> '$.differing_columns'                as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
