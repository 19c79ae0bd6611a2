-- Sổ văn bản đến.
with newest_keys as (
    select
        version.record_key,
        max(version.version) as version
    from raw.registers__incoming as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
),

-- Keys before contents: of all other versions no payload is read.
newest as (
    select version.*
    from raw.registers__incoming as version
    inner join newest_keys using (record_key, version)
)

select
    record_key,
    try_cast(payload ->> '$.number' as integer)   as number,
    payload ->> '$.notation'                      as notation,
    local_date(payload ->> '$.issued_on')         as issued_on,
    payload ->> '$.sender_name'                   as sender_name,
    payload ->> '$.sender_code'                   as sender_code,
    payload ->> '$.channel'                       as channel,
    payload ->> '$.secrecy'                       as secrecy,
    payload ->> '$.urgency'                       as urgency,
    local_timestamp(payload ->> '$.arrived_at')   as arrived_at,
    local_timestamp(payload ->> '$.received_at')  as received_at,
    local_timestamp(payload ->> '$.forwarded_at') as forwarded_at,
    local_date(payload ->> '$.due_on')            as due_on,
    local_timestamp(payload ->> '$.completed_at') as completed_at,
    payload ->> '$.handling_unit'                 as handling_unit,
    payload ->> '$.signature'                     as signature,
    payload ->> '$.validity'                      as validity,
    payload ->> '$.differing_columns'             as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
