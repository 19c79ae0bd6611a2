-- Nơi nhận báo về đến đâu cho từng lượt gửi: theo gói trạng thái đọc được trên trục và theo sổ văn bản đi.
-- The register is an export of the document system, which took every packet: where it tells, nothing is missed.
with told as (
    select
        document_code(answer.document_code)                                     as document_code,
        answer.reporter_code                                                    as recipient,
        year(coalesce(answer.promulgated_on::timestamp, answer.reported_at))    as numbering_year,
        answer.status_code,
        answer.reported_at,
        false                                                                   as is_by_register
    from staging.axis__received_statuses as answer
    cross join core.document_rules as rules
    where answer.reported_at < rules.cut_at and answer.unreadable is null
    union all by name
    select
        entry.document_code,
        entry.recipient,
        entry.numbering_year,
        coalesce(receipt.status_code, '')                                       as status_code,
        -- Without its moment, what ends the matter is the newest; that it only arrived is not.
        coalesce(entry.receipt_at, if(
            receipt.meaning = 'da_den' or receipt.status_code is null, timestamp '-infinity', timestamp 'infinity'
        ))                                                                      as reported_at,
        true                                                                    as is_by_register
    from core.register_entries as entry
    left join reference.exchange_statuses as receipt on starts_with(receipt.label, entry.receipt)
    where entry.receipt is not null and entry.is_by_axis
)

select
    told.document_code,
    told.numbering_year,
    told.recipient,
    -- Consent to a recall, given or refused, follows acceptance.
    max(if(
        status.meaning in ('dong_y', 'khong_dong_y', 'da_thu_hoi') and told.is_by_register, 3, status.stage
    ))                                                                      as stage,
    arg_max(status.meaning, (told.reported_at, told.status_code))
    filter (where status.meaning in ('da_den', 'tu_choi', 'tiep_nhan'))     as last_delivery,
    arg_max(status.meaning, (told.reported_at, told.status_code))
    filter (where status.meaning in ('dong_y', 'khong_dong_y', 'da_thu_hoi')) as last_consent,
    max(told.reported_at)
    filter (where status.meaning in ('dong_y', 'khong_dong_y', 'da_thu_hoi')) as consented_at,
    bool_or(told.is_by_register)                                            as is_told_by_register,
    bool_or(told.is_by_register) or bool_or(status.meaning in ('tu_choi', 'tiep_nhan')) as is_final
from told
left join reference.exchange_statuses as status using (status_code)
group by told.document_code, told.numbering_year, told.recipient
