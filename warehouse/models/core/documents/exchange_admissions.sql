-- Cân đối bản ghi của trục liên thông: trục gửi sang = đã dùng để tính + đang tách riêng.
-- Accepted is counted where the records are used, so that what a model drops without a word shows as a difference.
with aside as (
    select
        resource,
        count(distinct record_key) as quarantined
    from quarantine.records
    where system = 'axis'
    group by resource
),

counted as (
    select
        'received_documents'                                        as resource,
        (select count(*) from staging.axis__received_documents)     as received,
        (select coalesce(sum(packet_count), 0) from core.received_packets)
        -- Not for now: no document, or listed after the closing date.
        + (
            select count(*)
            from staging.axis__received_documents as packet
            cross join core.document_rules as rules
            where
                packet.unreadable is null and (packet.packet_kind <> 'document' or (
                    packet.listed_at >= rules.cut_at
                    and packet.code_number is not null and packet.code_notation is not null
                ))
        )                                                           as accepted
    union all
    select
        'sent_documents',
        (select count(*) from staging.axis__sent_documents),
        (select coalesce(sum(row_count), 0) from core.sent_exchanges)
        -- Never left the house, or sent after the closing date.
        + (
            select count(*)
            from staging.axis__sent_documents as sent
            cross join core.document_rules as rules
            where
                sent.unreadable is null and sent.notation is not null and sent.recipient_code is not null
                and coalesce(nullif(sent.sender_doc_id, ''), sent.receiver_doc_id, '') <> ''
                and sent.sent_at is not null
                and (sent.sent_at >= rules.cut_at or sent.send_status = 'fail')
        )
)

select
    'axis'                                                                      as system,
    resource,
    counted.received::bigint                                                    as received,
    counted.accepted::bigint                                                    as accepted,
    coalesce(aside.quarantined, 0)                                              as quarantined,
    (counted.received - counted.accepted - coalesce(aside.quarantined, 0))::bigint as difference
from counted
left join aside using (resource)
