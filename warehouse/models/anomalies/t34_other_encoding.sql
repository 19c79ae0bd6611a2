-- T34: mã mang chữ khác bảng mã: dấu tổ hợp, chữ Ð thay Đ, dấu cách lạ, nên hai bên không khớp.
with codes as (
    select
        'dossier'       as record_kind,
        dossier_code    as record_key,
        unit_code,
        coalesce(accepted_at, applied_at)::date as occurred_on,
        coalesce(dossier_code, '') || ' ' || coalesce(procedure_code, '') as text,
        first_seen_at
    from core.dossier_intake
    union all
    select
        'document',
        code_number || '/' || code_notation,
        '?',
        listed_at::date,
        code_number || '/' || code_notation,
        first_seen_at
    from staging.axis__received_documents
    where packet_kind = 'document'
)

select
    'T34'               as trap,
    'khac_bang_ma'      as signal,
    record_kind,
    record_key,
    unit_code,
    occurred_on,
    json_object('chu', text) as evidence,
    'Mã '
    || record_key
    || ' có chữ khác bảng mã (dấu tổ hợp, chữ Ð hoặc dấu cách lạ); đã chuẩn hóa khi so khớp' as sentence,
    first_seen_at
from codes
where text <> nfc_normalize(text) or regexp_matches(text, '[ÐðÞþ\x{00A0}\x{200B}-\x{200F}\x{FEFF}]')
