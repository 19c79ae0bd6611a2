-- Quy trình đang cấu hình của từng thủ tục trên hệ thống một cửa: phiên bản mới nhất tính đến ngày chốt.
select
    version.record_key,
    json_array_length(version.payload, '$.processes')   as processes,
    version.payload ->> '$.unreadable'                  as unreadable,
    version.content_hash,
    version.first_seen_at,
    if(version.withdrawn_at < closing.known_until, version.withdrawn_at, null) as withdrawn_at
from raw.portal__processes as version, reference.closing as closing
where version.first_seen_at < closing.known_until
qualify row_number() over (partition by version.record_key order by version.version desc) = 1
