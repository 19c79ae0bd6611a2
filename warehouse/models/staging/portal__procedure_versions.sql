-- Mọi phiên bản của TTHC trên hệ thống một cửa, kèm khoảng ngày quan sát thấy: dùng cho số tại một ngày đã qua.
select
    version.record_key,
    version.version,
    version.payload ->> '$.code'                                as procedure_code,
    national_procedure_code(
        coalesce(nullif(version.payload ->> '$.nationCode', ''), version.payload ->> '$.code')
    )                                                           as national_code,
    display_name(version.payload ->> '$.name')                  as procedure_name,
    version.payload ->> '$.sector.code'                         as field_code,
    display_name(version.payload ->> '$.sector.name')           as field_name,
    display_name(version.payload ->> '$.level.name')            as level_name,
    list_transform(
        case json_type(version.payload, '$.agency')
            when 'ARRAY' then json_extract(version.payload, '$.agency[*]')
            when 'OBJECT' then [json_extract(version.payload, '$.agency')]
            else []
        end,
        lambda one: {
            'code': nullif(organ_code(one ->> '$.code'), ''), 'name': nullif(display_name(one ->> '$.name'), '')
        }
    )                                                           as agencies,
    local_day(version.first_seen_at)                            as observed_from,
    least(
        local_day(lead(version.first_seen_at) over (partition by version.record_key order by version.version)),
        local_day(if(version.withdrawn_at < closing.known_until, version.withdrawn_at, null))
    )                                                           as observed_until,
    version.first_seen_at
from raw.portal__procedures as version, reference.closing as closing
where version.first_seen_at < closing.known_until
