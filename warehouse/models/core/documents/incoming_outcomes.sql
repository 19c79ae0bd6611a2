-- Kết quả xét từng văn bản đến theo các phép thử của P-06, kèm mọi lý do không đạt.
with failures as (
    select
        incoming.*,
        list_filter([
            if(incoming.is_e2 is false and list_contains(rules.tests, 'E2'), {
                'code': 'E2_KHONG_QUA_TRUC',
                'reason': 'Đến bằng ' || incoming.channel || ', không qua trục liên thông'
            }, null),
            if(incoming.is_e2 and incoming.is_e1 is false and list_contains(rules.tests, 'E1'), {
                'code': 'E1_' || upper(incoming.signature_state),
                'reason': case incoming.signature_state
                    when 'sua_sau_ky' then 'Tệp đã bị sửa sau khi ký số'
                    when 'chung_thu_het_han' then 'Chứng thư số không còn hiệu lực lúc ký'
                    when 'ban_sao_so_hoa' then 'Bản sao số hóa: chỉ có chữ ký số của cơ quan'
                    when 'khong_hop_le' then 'Hệ thống quản lý văn bản ghi chữ ký số không hợp lệ'
                    when 'thieu_ky_co_quan' then 'Thiếu chữ ký số của cơ quan'
                    else 'Không có tệp được ký số'
                end
            }, null),
            if(incoming.is_e2 and incoming.is_e3 is false and list_contains(rules.tests, 'E3'), {
                'code': 'E3_GIAY_SONG_SONG', 'reason': 'Đến qua trục và cả bản giấy'
            }, null),
            if(incoming.is_e4 is false and list_contains(rules.tests, 'E4'), {
                'code': 'E4_CHUA_NHAN', 'reason': 'Văn thư chưa tiếp nhận'
            }, null)
        ], lambda failure: failure is not null)     as failed,
        (incoming.is_e2 is null and list_contains(rules.tests, 'E2'))
        or (incoming.is_e1 is null and list_contains(rules.tests, 'E1'))
        or (incoming.is_e3 is null and list_contains(rules.tests, 'E3'))
        or (incoming.is_e4 is null and list_contains(rules.tests, 'E4')) as is_unknown
    from core.incoming_documents as incoming
    inner join core.document_decisions as rules
        on
            coalesce(incoming.issued_on, incoming.arrived_at::date, rules.closing_date)
            between rules.holds_from and rules.holds_to
),

judged as (
    select
        *,
        case
            when is_recalled or is_replaced then 'excluded'
            when not is_agency or differing_columns is not null then 'undetermined'
            when len(failed) > 0 then 'failed'
            when is_unknown then 'undetermined'
            else 'met'
        end as outcome
    from failures
)

select
    document_code,
    numbering_year,
    sender,
    -- A sender without a code is not named.
    document_label || ' ← ' || if(is_agency, sender, 'không rõ mã ' || sender) as record_key,
    issued_on,
    unit_code,
    is_registered,
    is_packet_missing,
    is_urgent,
    arrived_at::date    as arrived_on,
    received_at::date   as received_on,
    forwarded_at::date  as forwarded_on,
    completed_at::date  as completed_on,
    due_on,
    differing_columns,
    outcome,
    case
        when is_recalled then 'THU_HOI'
        when is_replaced then 'DA_THAY_THE'
        when outcome = 'failed' then failed[1].code
        when outcome = 'undetermined' then case
            when not is_agency then 'CHUA_RO_CO_QUAN'
            when differing_columns is not null then 'SO_MAU_THUAN'
            when not is_registered then 'CHUA_CO_TRONG_SO'
            when (is_packet_missing and is_e1 is null) or is_e2 is null then 'CHUA_THAY_GOI_TIN'
            else 'E1_CHUA_RO'
        end
    end as reason_code,
    case
        when is_recalled then 'Nơi gửi đã thu hồi'
        when is_replaced then 'Đã được thay thế; văn bản thay thế được tính'
        when outcome = 'failed' then list_aggregate([failure.reason for failure in failed], 'string_agg', '; ')
        when outcome = 'undetermined' then case
            when not is_agency then 'Cơ quan ban hành không có mã định danh nên chưa rõ có thuộc hệ thống hành chính'
            when differing_columns is not null then 'Sổ ghi hai lần khác nhau ở cột ' || differing_columns
            when not is_registered then 'Có trên trục nhưng chưa có trong sổ văn bản đến'
            when (is_packet_missing and is_e1 is null) or is_e2 is null
                then 'Gói tin có thể đã bị hệ thống khác lấy khỏi trục trước khi đọc được'
            else 'Không đọc được chữ ký số của tệp'
        end
    end as reason
from judged
