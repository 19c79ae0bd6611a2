-- Kết quả xét từng lượt gửi đến cơ quan hành chính theo các phép thử của P-06, kèm mọi lý do không đạt.
-- What is known to fail fails, whatever else is not known; only then does the unknown count.
with failures as (
    select
        delivery.*,
        list_filter([
            if(delivery.is_e2 is false and list_contains(rules.tests, 'E2'), {
                'code': 'E2_KHONG_QUA_TRUC',
                'reason': 'Không gửi qua trục liên thông' || coalesce(' (sổ ghi: ' || delivery.sending || ')', '')
            }, null),
            if(delivery.is_e1 is false and list_contains(rules.tests, 'E1'), {
                'code': if(delivery.signing_level = 1, 'E1_BAN_SAO_SO_HOA', 'E1_CHUA_KY_SO'),
                'reason': if(
                    delivery.signing_level = 1,
                    'Bản sao số hóa: chỉ có chữ ký số của cơ quan, không có của người có thẩm quyền',
                    'Chưa ký số'
                )
            }, null),
            if(delivery.is_e3 is false and list_contains(rules.tests, 'E3'), {
                'code': 'E3_GIAY_SONG_SONG',
                'reason': 'Có gửi bản giấy mà không có lý do được chấp nhận'
            }, null),
            if(delivery.is_e4 is false and list_contains(rules.tests, 'E4'), {
                'code': if(delivery.is_refused, 'E4_TU_CHOI', 'E4_CHUA_NHAN'),
                'reason': if(
                    delivery.is_refused, 'Nơi nhận từ chối tiếp nhận (trả lại)', 'Chưa có trạng thái nhận của nơi nhận'
                )
            }, null)
        ], lambda failure: failure is not null)     as failed,
        delivery_outcome(
            delivery.is_recalled or delivery.is_excluded, delivery.is_in_doubt, delivery.doubt, rules.tests,
            delivery.is_e1, delivery.is_e2, delivery.is_e3, delivery.is_e4
        )                                           as outcome
    from core.deliveries as delivery
    inner join core.document_decisions as rules
        on
            coalesce(delivery.issued_on, delivery.sent_at::date, rules.closing_date)
            between rules.holds_from and rules.holds_to
)

select
    document_code,
    numbering_year,
    recipient,
    document_label,
    document_label || ' → ' || recipient_label  as record_key,
    issued_on,
    unit_code,
    signed_on,
    sent_at,
    is_registered,
    is_recalled is null and not is_excluded     as is_recall_unknown,
    coalesce(doubt_code = 'SO_MAU_THUAN', false) as is_contradicted,
    outcome,
    case
        when is_recalled then 'THU_HOI'
        when is_excluded then exclusion_code
        when outcome = 'failed' then failed[1].code
        when outcome = 'undetermined' then case
            when is_recalled is null and is_consent_told then 'CHUA_RO_THU_HOI'
            when not is_registered then 'CHUA_CO_TRONG_SO'
            when is_recalled is not null and doubt is not null then doubt_code
            when is_e2 then 'CHUA_THAY_GOI_TIN'
            else 'CHUA_DOC_TRUC'
        end
    end as reason_code,
    case
        when is_recalled then 'Văn bản đã thu hồi'
        when is_excluded then 'Loại trừ ' || exclusion_code || ': ' || exclusion_label
        when outcome = 'failed' then list_aggregate([failure.reason for failure in failed], 'string_agg', '; ')
        when outcome = 'undetermined' then case
            when is_recalled is null and is_consent_told
                then 'Nơi nhận đồng ý lấy lại hoặc cập nhật, văn bản đã gửi hai lần: chưa rõ là thu hồi hay cập nhật'
            when is_recalled is not null and is_registered and doubt is not null then doubt
            when not is_registered
                then 'Có trên trục nhưng chưa có trong sổ văn bản đi nên chưa biết chữ ký và bản giấy kèm theo'
            when is_e2
                then 'Gói trạng thái của nơi nhận có thể đã bị hệ thống khác lấy khỏi trục trước khi đọc được'
            else 'Sổ ghi gửi qua trục nhưng chưa đọc được danh sách gửi của trục'
        end
    end as reason
from failures
