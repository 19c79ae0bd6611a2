-- Số lượng văn bản mật theo tháng và đơn vị; chỉ số lượng.
with newest as (
    select version.*
    from raw.registers__secret_counts as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    local_date(payload ->> '$.month')              as month,
    payload ->> '$.direction'                      as direction,
    try_cast(payload ->> '$.documents' as integer) as documents,
    payload ->> '$.unit'                           as unit,
    payload ->> '$.differing_columns'              as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
