-- Danh mục lĩnh vực TTHC quốc gia.
with newest as (
    select version.*
    from raw.tthc__fields as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.MALINHVUC'                           as field_code,
    payload ->> '$.TENLINHVUC'                          as field_name,
    payload ->> '$.MANGANH'                             as sector_code,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
