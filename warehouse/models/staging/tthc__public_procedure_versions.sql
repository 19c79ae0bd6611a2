-- Mọi phiên bản của TTHC trên cổng công khai: ngày bản ghi mang một quyết định công bố là ngày đã công khai.
select
    version.record_key                                          as procedure_code,
    version.version,
    version.payload ->> '$.ID'                                  as internal_id,
    nullif(version.payload ->> '$.QDCBID', '')                  as decision_id,
    local_day(version.first_seen_at)                            as observed_from,
    version.first_seen_at,
    least(
        lead(version.first_seen_at) over (partition by version.record_key order by version.version),
        if(version.withdrawn_at < closing.known_until, version.withdrawn_at, null)
    )                                                           as shown_until
from raw.tthc__public_procedures as version, reference.closing as closing
where version.first_seen_at < closing.known_until
