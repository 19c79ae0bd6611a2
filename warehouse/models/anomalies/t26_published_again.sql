-- T26: thủ tục biến mất khỏi danh sách quốc gia rồi xuất hiện lại: ngày công khai vẫn là lần thấy đầu tiên.
with gaps as (
    select
        record_key,
        national_code,
        observed_until                                                              as gone_on,
        lead(observed_from) over (partition by record_key order by version)         as back_on,
        lead(first_seen_at) over (partition by record_key order by version)         as first_seen_at
    from staging.tthc__procedure_list_versions
)

select
    'T26'                   as trap,
    'dang_lai'              as signal,
    'procedure'             as record_kind,
    national_code           as record_key,
    '?'                     as unit_code,
    back_on                 as occurred_on,
    json_object('khong_con_tu', gone_on, 'thay_lai', back_on) as evidence,
    'Thủ tục ' || national_code || ': không còn trong danh sách từ ' || strftime(gone_on, '%d/%m/%Y')
    || ', xuất hiện lại ngày ' || strftime(back_on, '%d/%m/%Y') as sentence,
    first_seen_at
from gaps
where back_on > gone_on
