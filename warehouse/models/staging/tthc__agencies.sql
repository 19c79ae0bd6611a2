-- Danh mục cơ quan trên Cơ sở dữ liệu quốc gia về TTHC.
with newest as (
    select version.*
    from raw.tthc__agencies as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.MADONVI'                             as source_code,
    organ_code(payload ->> '$.MADONVI')                 as unit_code,
    payload ->> '$.TENDONVI'                            as unit_name,
    payload ->> '$.CAPDONVI'                            as level_code,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
