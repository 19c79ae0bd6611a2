-- Minh chứng truyền đạt mục tiêu chất lượng.
with newest as (
    select version.*
    from raw.registers__communications as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.unit'                              as unit,
    try_cast(payload ->> '$.year' as integer)         as year,
    payload ->> '$.form'                              as form,
    payload ->> '$.document_number'                   as document_number,
    local_date(payload ->> '$.communicated_on')       as communicated_on,
    try_cast(payload ->> '$.participants' as integer) as participants,
    payload ->> '$.differing_columns'                 as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
