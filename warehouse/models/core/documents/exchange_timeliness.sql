-- Gửi, xác nhận, chuyển và xử lý văn bản đúng hạn (T1–T4): mỗi văn bản hoặc lượt gửi một dòng, hạn và ngày đã làm.
with incoming as (
    select
        document.*,
        next_day.day as day_after_receipt
    from core.incoming_outcomes as document
    left join reference.calendar as receipt on document.received_on = receipt.day
    left join reference.working_days as next_day
        on receipt.working_day_index + 1 = next_day.working_day_index
    where document.is_registered
),

deadlines as (
    select
        'T1'                    as definition,
        'delivery'              as record_kind,
        delivery.record_key,
        delivery.issued_on,
        delivery.unit_code,
        next_day.day            as due_on,
        delivery.sent_at::date  as done_on,
        case
            when not delivery.is_registered then 'CHUA_CO_TRONG_SO'
            when delivery.is_recall_unknown then 'CHUA_THAY_GOI_TIN'
            when delivery.is_contradicted then 'SO_MAU_THUAN'
        end                     as skipped_for
    from core.delivery_outcomes as delivery
    left join reference.calendar as signed on delivery.signed_on = signed.day
    left join reference.working_days as next_day
        on signed.working_day_index + 1 = next_day.working_day_index
    where delivery.outcome <> 'excluded'
    union all
    select
        'T2', 'incoming_document', record_key, issued_on, unit_code,
        arrived_on, received_on, if(differing_columns is null, null, 'SO_MAU_THUAN')
    from incoming
    union all
    select
        'T3', 'incoming_document', record_key, issued_on, unit_code,
        if(is_urgent, received_on, day_after_receipt), forwarded_on,
        if(differing_columns is null, if(received_on is null, 'CHUA_TIEP_NHAN', null), 'SO_MAU_THUAN')
    from incoming
    union all
    select
        'T4', 'incoming_document', record_key, issued_on, unit_code,
        due_on, completed_on,
        -- The packet that tells the day may be among those that somebody else took.
        case
            when differing_columns is not null then 'SO_MAU_THUAN'
            when due_on is null then if(is_packet_missing, 'CHUA_THAY_GOI_TIN', 'KHONG_GIAO_HAN')
        end
    from incoming
),

judged as (
    select
        deadlines.*,
        coalesce(deadlines.skipped_for, case
            when deadlines.due_on is null then 'NGOAI_LICH'
            when deadlines.done_on is not null then null
            when deadlines.due_on >= rules.closing_date then 'CHUA_DEN_HAN'
            when deadlines.definition = 'T1' then 'KHONG_CO_THOI_DIEM'
        end)                                                            as why_not,
        coalesce(deadlines.done_on, rules.closing_date) - deadlines.due_on as days_over
    from deadlines
    cross join core.document_rules as rules
)

select
    definition,
    record_kind,
    record_key,
    issued_on,
    unit_code,
    case
        when why_not in ('CHUA_TIEP_NHAN', 'KHONG_GIAO_HAN', 'CHUA_DEN_HAN') then 'excluded'
        when why_not is not null then 'undetermined'
        when days_over > 0 then 'failed'
        else 'met'
    end     as outcome,
    coalesce(why_not, if(days_over > 0, definition || if(done_on is null, '_CHUA_LAM', '_TRE'), null)) as reason_code,
    case why_not
        when 'CHUA_THAY_GOI_TIN' then 'Gói tin đã bị hệ thống khác lấy khỏi trục trước khi đọc được'
        when 'SO_MAU_THUAN' then 'Sổ ghi hai lần khác nhau'
        when 'CHUA_CO_TRONG_SO' then 'Có trên trục nhưng chưa có trong sổ văn bản đi nên chưa biết ngày ký'
        when 'CHUA_TIEP_NHAN' then 'Văn thư chưa tiếp nhận'
        when 'KHONG_GIAO_HAN' then 'Không giao hạn'
        when 'CHUA_DEN_HAN' then 'Chưa đến hạn'
        when 'NGOAI_LICH' then 'Ngày nằm ngoài lịch làm việc'
        when 'KHONG_CO_THOI_DIEM' then 'Sổ và trục đều không ghi thời điểm gửi'
        else if(
            days_over > 0, 'Hạn ' || strftime(due_on, '%d/%m/%Y')
            || coalesce(', làm ngày ' || strftime(done_on, '%d/%m/%Y'), ', chưa làm'), null
        )
    end     as reason,
    if(why_not is null and days_over > 0, days_over, null)::integer as days_late
from judged
