-- Chữ ký số của tệp trong từng gói văn bản đến: tệp có căn cứ tốt nhất quyết định.
-- In this order: valid first, then what cannot be told, then what is known to be wrong.
with files as (
    select
        record_key,
        unnest(attachments) as file
    from staging.axis__received_documents
    where packet_kind = 'document'
),

states as (
    select
        record_key,
        case
            when file.kind = 'broken' or file.error is not null then 2
            when file.kind <> 'pdf' then 8
            when file.is_signed is null then 2
            when not file.is_signed or len(file.signatures) = 0 then 7
            when len(list_filter(
                file.signatures, lambda signature: not signature.is_intact or signature.is_modified
            )) > 0 then 3
            when len(list_filter(
                file.signatures, lambda signature: signature.is_certificate_valid is distinct from true
            )) > 0 then 4
            when not list_contains([signature.signer for signature in file.signatures], 'person') then 5
            when not list_contains([signature.signer for signature in file.signatures], 'agency') then 6
            else 1
        end as rank
    from files
)

select
    record_key,
    [
        'hop_le', 'khong_doc_duoc', 'sua_sau_ky', 'chung_thu_het_han', 'ban_sao_so_hoa', 'thieu_ky_co_quan',
        'chua_ky_so', 'chua_ky_so'
    ][min(rank)] as signature_state
from states
group by record_key
