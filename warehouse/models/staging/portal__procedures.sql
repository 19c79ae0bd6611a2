-- Thủ tục hành chính đang cấu hình trên hệ thống một cửa.
with newest as (
    select version.*
    from raw.portal__procedures as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.code'                                                    as procedure_code,
    national_procedure_code(
        coalesce(nullif(payload ->> '$.nationCode', ''), payload ->> '$.code')
    )                                                                       as national_code,
    display_name(payload ->> '$.name')                                      as procedure_name,
    payload ->> '$.sector.code'                                             as sector_code,
    display_name(payload ->> '$.sector.name')                               as sector_name,
    payload ->> '$.unreadable'                                              as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
