-- Văn bản đến trên trục liên thông: dòng danh sách cùng dữ kiện của gói tin edXML, không có tên người và trích yếu.
with newest_keys as (
    select
        version.record_key,
        max(version.version) as version
    from raw.axis__received_documents as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
),

-- Keys before contents: of all other versions no payload is read.
newest as (
    select version.*
    from raw.axis__received_documents as version
    inner join newest_keys using (record_key, version)
)

select
    record_key,
    record_key                                                          as doc_id,
    payload ->> '$.listing.from'                                        as sender_code_source,
    organ_code(coalesce(payload ->> '$.packet.from.organ_id', payload ->> '$.listing.from')) as sender_code,
    organ_code(payload ->> '$.listing.to')                              as recipient_code,
    payload ->> '$.listing.status'                                      as queue_status,
    local_timestamp(payload ->> '$.listing.created_time')               as listed_at,
    payload ->> '$.packet.error'                                        as packet_error,
    payload ->> '$.packet.kind'                                         as packet_kind,
    payload ->> '$.packet.document_id'                                  as document_id,
    payload ->> '$.packet.code_number'                                  as code_number,
    payload ->> '$.packet.code_notation'                                as code_notation,
    local_date(payload ->> '$.packet.promulgation_date')                as promulgated_on,
    payload ->> '$.packet.promulgation_date'                            as promulgation_date_source,
    payload ->> '$.packet.type_name'                                    as type_name,
    coalesce(try_cast(payload ->> '$.packet.business.doc_type' as integer), 0) as business_type,
    payload ->> '$.packet.business.document_id'                         as business_document_id,
    try_cast(payload ->> '$.packet.priority' as integer)                as priority,
    local_date(payload ->> '$.packet.due_date')                         as due_on,
    coalesce(json_array_length(payload, '$.packet.attachments'), 0)     as attachment_count,
    cast(
        json_extract_string(payload, '$.packet.business.replacements[*].document_id') as varchar []
    )                                                                   as replaced_document_ids,
    from_json(
        json_extract(payload, '$.packet.attachments'),
        '[{
            "kind": "VARCHAR", "is_signed": "BOOLEAN", "error": "VARCHAR",
            "signatures": [{
                "signer": "VARCHAR", "is_certificate_valid": "BOOLEAN", "is_intact": "BOOLEAN",
                "is_modified": "BOOLEAN"
            }]
        }]'
    )                                                                   as attachments,
    payload ->> '$.unreadable'                                          as unreadable,
    content_hash,
    first_seen_at
from newest
