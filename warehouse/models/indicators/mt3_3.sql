-- MT3.3: TTHC đang công khai đủ nội dung tại ngày chốt; STD đủ mười một nội dung, Q766 bảy nội dung kiểm tra tự động.
with judged as (
    select
        scope.*,
        definition.definition,
        completeness.record_key is not null                                                     as is_read,
        if(definition.definition = 'Q766', completeness.missing_766, completeness.missing)      as missing,
        if(definition.definition = 'Q766', null, completeness.ambiguous)                        as ambiguous
    from core.procedures_in_scope as scope
    cross join (values ('STD'), ('Q766')) as definition (definition)
    left join core.procedure_completeness as completeness
        on completeness.record_key = scope.procedure_code and completeness.version = scope.detail_version
)

select
    'MT3.3'         as indicator,
    definition,
    '?'             as unit_code,
    'state'         as basis,
    as_at           as on_date,
    'procedure'     as record_kind,
    procedure_code  as record_key,
    case
        when exclusion_reason is not null then 'excluded'
        when is_public is null or not is_read then 'undetermined'
        when len(missing) > 0 then 'failed'
        when len(ambiguous) > 0 then 'undetermined'
        else 'met'
    end             as outcome,
    case
        when exclusion_reason is not null then 'LOAI_TRU'
        when is_public is null then 'TRANG_THAI_LA'
        when not is_read then 'CHUA_DOC_NOI_DUNG'
        when len(missing) > 0 then 'THIEU_NOI_DUNG'
        when len(ambiguous) > 0 then 'NOI_DUNG_MO_HO'
    end             as reason_code,
    case
        when exclusion_reason is not null then exclusion_reason || ' (' || exclusion_citation || ')'
        when is_public is null then 'Trạng thái không có trong danh mục: ' || status
        when not is_read then 'Chưa đọc được nội dung trên Cơ sở dữ liệu quốc gia'
        when len(missing) > 0 then 'Trống hoặc chỉ có giá trị giữ chỗ: ' || array_to_string(missing, '; ')
        when len(ambiguous) > 0 then 'Không rõ là không có hay chưa nhập: ' || array_to_string(ambiguous, '; ')
    end             as reason,
    null::integer   as days_late
from judged
