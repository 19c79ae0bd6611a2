-- Danh mục cơ quan, đơn vị của hệ thống một cửa, như lần đọc gần nhất; mã đã chuẩn hóa, mã gốc giữ cạnh bên.
with newest as (
    select version.*
    from raw.portal__agencies as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    record_key                                          as agency_id,
    payload ->> '$.code'                                as source_code,
    coalesce(nullif(organ_code(payload ->> '$.code'), ''), 'id:' || record_key) as unit_code,
    display_name(payload ->> '$.name')                  as unit_name,
    payload ->> '$.parent_id'                           as parent_agency_id,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
