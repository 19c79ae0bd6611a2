-- Danh mục cơ quan trên trục theo QĐ 20/2020/QĐ-TTg, kèm mã bốn nhóm cũ.
with newest as (
    select version.*
    from raw.axis__agencies as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.code'                        as source_code,
    organ_code(payload ->> '$.code')            as unit_code,
    organ_code(payload ->> '$.code102')         as former_unit_code,
    payload ->> '$.name'                        as unit_name,
    payload ->> '$.unreadable'                  as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
