-- T19: một văn bản gửi nhiều lần đến một nơi, hoặc đến nhiều lần với mã khác nhau mà không phải thay thế, thu hồi.
with received as (
    select
        document_code(code_number || '/' || code_notation)              as document_code,
        sender_code                                                     as sender,
        min(code_number || '/' || trim(code_notation))                  as document_label,
        min(coalesce(promulgated_on, listed_at::date))                  as issued_on,
        count(distinct document_id)                                     as document_ids,
        max(listed_at)                                                  as listed_at,
        max(first_seen_at)                                              as first_seen_at
    from staging.axis__received_documents
    where
        packet_kind = 'document' and business_type = 0 and unreadable is null
        and code_number is not null and code_notation is not null
    group by document_code, sender_code, year(coalesce(promulgated_on, listed_at::date))
    having count(distinct document_id) > 1
)

select
    'T19'                   as trap,
    'gui_lai'               as signal,
    'document'              as record_kind,
    sent.document_label     as record_key,
    '?'                     as unit_code,
    sent.sent_at::date      as occurred_on,
    json_object('noi_nhan', sent.recipient, 'so_lan_gui', sent.message_count) as evidence,
    'Văn bản ' || sent.document_label || ' gửi ' || sent.message_count || ' lần đến ' || sent.recipient
    || '; chỉ tính một lần' as sentence,
    closing.known_until     as first_seen_at
from core.sent_exchanges as sent, reference.closing as closing
where sent.message_count > 1
union all
select
    'T19',
    'nhan_trung',
    'document',
    document_label,
    '?',
    issued_on,
    json_object('noi_gui', sender, 'so_ma', document_ids),
    'Văn bản '
    || document_label
    || ' của '
    || sender
    || ' đến với '
    || document_ids
    || ' mã khác nhau; chỉ tính một lần',
    first_seen_at
from received
