-- Văn bản đến trên trục, mỗi văn bản một dòng: bản mới nhất của chuỗi gửi lại, cập nhật; dấu vết thu hồi, thay thế.
with packets as (
    select
        packet.record_key,
        document_code(packet.code_number || '/' || packet.code_notation)            as document_code,
        document_label(packet.code_number || '/' || packet.code_notation)           as document_label,
        year(coalesce(packet.promulgated_on, packet.listed_at::date))               as numbering_year,
        -- Some packets name the system that sent them instead of the agency; the list does not.
        if(
            regexp_full_match(packet.sender_code, '[A-Z]\d{2}(\.\d{2,3})*'),
            packet.sender_code, organ_code(packet.sender_code_source)
        )                                                                           as sender,
        packet.business_type,
        packet.document_id,
        packet.business_document_id,
        packet.replaced_document_ids,
        packet.promulgated_on,
        packet.listed_at,
        packet.due_on,
        packet.business_type <> 1                                                   as is_content,
        signature.signature_state
    from staging.axis__received_documents as packet
    cross join core.document_rules as rules
    left join core.packet_signatures as signature using (record_key)
    where
        packet.packet_kind = 'document'
        and packet.unreadable is null
        and packet.code_number is not null
        and packet.code_notation is not null
        and packet.listed_at < rules.cut_at
),

recalled as (
    select distinct
        sender,
        coalesce(business_document_id, document_id) as document_id
    from packets
    where business_type = 1
),

replaced as (
    select distinct
        sender,
        unnest(replaced_document_ids) as document_id
    from packets
    where business_type = 3
)

select
    packets.document_code,
    packets.numbering_year,
    packets.sender,
    one_label(list(packets.document_label))                             as document_label,
    coalesce(min(packets.promulgated_on), min(packets.listed_at)::date) as issued_on,
    min(packets.listed_at)                                              as arrived_at,
    arg_max(packets.due_on, (packets.listed_at, packets.record_key)) filter (where packets.is_content) as due_on,
    count(*) filter (where packets.is_content)                          as version_count,
    count(*)                                                            as packet_count,
    coalesce(
        arg_max(coalesce(packets.signature_state, 'chua_ky_so'), (packets.listed_at, packets.record_key))
        filter (where packets.is_content),
        'khong_doc_duoc'
    )                                                                   as signature_state,
    bool_or(packets.business_type = 1 or recalled.document_id is not null)  as is_recalled,
    bool_or(replaced.document_id is not null)                           as is_replaced
from packets
left join recalled on packets.sender = recalled.sender and packets.document_id = recalled.document_id
left join replaced on packets.sender = replaced.sender and packets.document_id = replaced.document_id
group by packets.document_code, packets.numbering_year, packets.sender
