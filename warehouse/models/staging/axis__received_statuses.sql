-- Gói trạng thái nhận trên trục: cơ quan nào báo văn bản nào của ta đã đến bước nào, lúc nào.
with newest_keys as (
    select
        version.record_key,
        max(version.version) as version
    from raw.axis__received_statuses as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
),

-- Keys before contents: of all other versions no payload is read.
newest as (
    select version.*
    from raw.axis__received_statuses as version
    inner join newest_keys using (record_key, version)
)

select
    record_key,
    record_key                                                          as doc_id,
    payload ->> '$.packet.error'                                        as packet_error,
    organ_code(coalesce(payload ->> '$.packet.from.organ_id', payload ->> '$.listing.from')) as reporter_code,
    organ_code(payload ->> '$.packet.response_for.organ_id')            as addressee_code,
    payload ->> '$.packet.response_for.code'                            as document_code,
    payload ->> '$.packet.response_for.document_id'                     as document_id,
    local_date(payload ->> '$.packet.response_for.promulgation_date')   as promulgated_on,
    payload ->> '$.packet.status_code'                                  as status_code,
    local_timestamp(payload ->> '$.packet.timestamp')                   as reported_at,
    payload ->> '$.packet.timestamp'                                    as reported_at_source,
    payload ->> '$.unreadable'                                          as unreadable,
    content_hash,
    first_seen_at
from newest
