-- MT2a: văn bản trao đổi nội bộ hoàn toàn điện tử, mỗi văn bản nội bộ đã ban hành một dòng (E1, E3, E5).
-- one row per judged record
-- Inside the Office E5, routed and received in the document system, stands for E2 and E4 of the axis.
with failures as (
    select
        document.*,
        list_filter([
            if(document.signing_level < 2 and list_contains(rules.tests, 'E1'), {
                'code': if(document.signing_level = 1, 'E1_BAN_SAO_SO_HOA', 'E1_CHUA_KY_SO'),
                'reason': if(
                    document.signing_level = 1,
                    'Bản sao số hóa: chỉ có chữ ký số của cơ quan, không có của người có thẩm quyền',
                    'Chưa ký số'
                )
            }, null),
            if(document.paper_count > 0 and list_contains(rules.tests, 'E3'), {
                'code': 'E3_GIAY_SONG_SONG', 'reason': 'Có gửi bản giấy mà không có lý do được chấp nhận'
            }, null),
            if(document.elsewhere_count > 0 and list_has_any(rules.tests, ['E2', 'E4', 'E5']), {
                'code': 'E5_NGOAI_HE_THONG', 'reason': 'Không luân chuyển trên hệ thống quản lý văn bản'
            }, null),
            if(document.waiting_count > 0 and list_has_any(rules.tests, ['E2', 'E4', 'E5']), {
                'code': 'E5_CHUA_NHAN', 'reason': 'Nơi nhận chưa nhận trên hệ thống quản lý văn bản'
            }, null)
        ], lambda failure: failure is not null) as failed
    from core.internal_documents as document
    inner join core.document_decisions as rules
        on document.issued_on between rules.holds_from and rules.holds_to
)

select
    'MT2a'              as indicator,
    'DOC'               as definition,
    unit_code,
    'flow'              as basis,
    issued_on           as on_date,
    'internal_document' as record_kind,
    document_label      as record_key,
    case
        when is_recalled or is_excluded then 'excluded'
        when is_in_doubt then 'undetermined'
        when len(failed) > 0 then 'failed'
        when doubt is not null then 'undetermined'
        else 'met'
    end                 as outcome,
    case
        when is_recalled then 'THU_HOI'
        when is_excluded then exclusion_code
        when outcome = 'undetermined' then doubt_code
        else failed[1].code
    end                 as reason_code,
    case
        when is_recalled then 'Văn bản đã thu hồi'
        when is_excluded then 'Loại trừ ' || exclusion_code || ': ' || exclusion_label
        when outcome = 'undetermined' then doubt
        else list_aggregate([failure.reason for failure in failed], 'string_agg', '; ')
    end                 as reason,
    null::integer       as days_late
from failures
union all
select
    'MT2a', 'DOC', unit_code, 'flow', issued_on, 'secret_document', record_key, outcome, reason_code, reason, null
from core.secret_documents
where direction = 'Nội bộ'
