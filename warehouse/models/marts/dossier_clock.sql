-- Đồng hồ của từng hồ sơ: mọi mốc ngày, thời gian tạm dừng và quy tắc dẫn đến kết luận sớm, đúng hay quá hạn.
select
    clock.dossier_code,
    clock.unit_code,
    clock.procedure_code,
    clock.applicant_group,
    clock.channel,
    clock.accepted_at,
    clock.due_on_original,
    clock.due_on_effective,
    clock.due_on_current,
    clock.due_on_statutory,
    clock.due_on_promised,
    clock.due_on_latest,
    if(clock.is_counted and (clock.is_inferred or clock.due_on_current is null), 'HAN_SUY_DIEN', null) as due_mark,
    coalesce(clock.pause_state, 'khong_dung')   as extension,
    coalesce(clock.paused_working_days, 0)      as paused_working_days,
    clock.completed_at                          as finished_at,
    clock.status_name                           as status,
    clock.classification,
    label.label                                 as classification_label,
    case
        when clock.is_ended and clock.lateness > 0
            then clock.completed_at::date - clock.due_on_effective::date
        when clock.classification = 'dang_giai_quyet_qua_han'
            then clock.closing_date - clock.due_on_effective::date
        else 0
    end                                         as days_late,
    -- A day between acceptance and limit that is provisional or not listed yet may still move the limit.
    clock.is_counted and coalesce(
        due_day.uncertain_days > accepted_day.uncertain_days, false
    )                                           as due_is_provisional,
    concat_ws(
        '; ',
        case
            when not clock.is_counted then 'Chưa tiếp nhận hoặc không được tiếp nhận: không tính hạn'
            when clock.limit_unit = 'h' then 'Thời hạn theo giờ: so sánh đến phút (P-15)'
            when grain.is_minute then 'Thời hạn theo ngày: so sánh đến phút (P-15)'
            else 'Thời hạn theo ngày: so sánh ngày (P-15)'
        end,
        if(clock.due_on_current is null and clock.is_counted, 'không có ngày hẹn trả, dùng hạn theo quy định', null),
        if(
            clock.is_inferred,
            'không rõ lời hứa ban đầu, ngày hẹn thấy được sau hạn theo quy định: tính theo hạn sớm hơn',
            null
        ),
        if(
            clock.due_on_current <> clock.due_on_original,
            'ngày hẹn trả đã bị đổi, vẫn tính theo ngày hẹn đầu tiên', null
        ),
        if(
            clock.paused_working_days > 0 and clock.pause_state = 'chua_gom',
            'đã cộng ' || clock.paused_working_days || ' ngày làm việc tạm dừng', null
        ),
        case clock.pause_state
            when 'da_gom' then 'ngày hẹn thấy được đã gồm thời gian tạm dừng, không cộng thêm'
            when 'khong_ro' then 'chưa rõ ngày hẹn thấy được đã gồm thời gian tạm dừng hay chưa, không cộng thêm'
        end,
        if(clock.is_asked_late, 'yêu cầu bổ sung sau hạn, không được gia hạn', null),
        if(clock.supplement_count > 1, 'yêu cầu bổ sung ' || clock.supplement_count || ' lần', null),
        if(due_is_provisional, 'hạn đi qua ngày mà lịch nghỉ còn tạm tính hoặc chưa công bố', null)
    )                                           as rule
from core.dossier_clock as clock
inner join (
    select
        (value ->> '$.ngay') = 'minute' as is_minute,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-15'
) as grain on coalesce(clock.completed_at::date, clock.closing_date) between grain.holds_from and grain.holds_to
left join reference.classifications as label using (classification)
left join reference.calendar as accepted_day on accepted_day.day = clock.accepted_on
left join reference.calendar as due_day on due_day.day = clock.due_on_effective::date
