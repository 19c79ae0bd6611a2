-- Gói trạng thái gửi đi trên trục liên thông, mỗi nơi nhận một dòng.
with newest_keys as (
    select
        version.record_key,
        max(version.version) as version
    from raw.axis__sent_statuses as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
),

-- Keys before contents: of all other versions no payload is read.
newest as (
    select version.*
    from raw.axis__sent_statuses as version
    inner join newest_keys using (record_key, version)
)

select
    record_key,
    payload ->> '$.senderDocId'                         as sender_doc_id,
    payload ->> '$.receiverDocId'                       as receiver_doc_id,
    organ_code(payload ->> '$.fromCode')                as sender_code,
    payload ->> '$.toCode'                              as recipient_code_source,
    organ_code(payload ->> '$.toCode')                  as recipient_code,
    payload ->> '$.sendStatus'                          as send_status,
    payload ->> '$.receiveStatus'                       as receive_status,
    local_timestamp(payload ->> '$.sentTime')           as sent_at,
    local_timestamp(payload ->> '$.receivedTime')       as received_at,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at
from newest
