-- Mỗi sự không phù hợp một dòng: phiếu do hệ thống mở và phiếu do phòng tự mở, kèm trả lời trong sổ và tình trạng.
with every as (
    select
        coalesce(opening.code, answer.form_number)                   as code,
        coalesce(opening.found_by, answer.found_by)             as found_by,
        coalesce(opening.subject, answer.indicator, answer.cause_code, 'KHAC')   as subject,
        coalesce(opening.indicator, answer.indicator)           as indicator,
        coalesce(opening.unit_code, answer.responsible_unit)    as unit_code,
        coalesce(opening.unit_name, answer.responsible_unit_name) as unit_name,
        coalesce(opening.opened_on, answer.opened_on)           as opened_on,
        coalesce(opening.reference, answer.reference)           as reference,
        coalesce(opening.description, answer.description)       as description,
        opening.period_kind,
        opening.period_start,
        coalesce(opening.answer_due_on, answer.opened_on + limits.value)        as answer_due_on,
        opening.code is not null                                as is_opened_by_product,
        -- Whoever answers a form that stands no longer is told so; the answer stays.
        opening.code is not null or not starts_with(answer.code_key, 'KPH-')    as is_still_found,
        answer.* exclude (code_key, form_number, found_by, indicator, opened_on, reference, description),
        answer.form_number is not null and (answer.has_cause or answer.has_action)   as is_answered
    from marts.nonconformity_opening as opening
    full join core.nonconformity_answers as answer on answer.code_key = upper(opening.code)
    inner join reference.improvement_limits as limits on limits.name = 'answer_days'
),

judged as (
    select
        every.*,
        case
            when every.differing_columns is not null then 'Sổ mâu thuẫn'
            when not every.is_answered then 'Chưa trả lời'
            when not every.has_action then 'Đang phân tích'
            when every.done_on is null then 'Đang khắc phục'
            when every.effectiveness = 'Chưa hiệu lực' then 'Chưa hiệu lực'
            when every.effectiveness is null then 'Chờ đánh giá hiệu lực'
            when every.closed_on is null then 'Chờ đóng phiếu'
            else 'Đã đóng'
        end as state,
        case state
            when 'Đang khắc phục' then every.due_on
            when 'Chờ đánh giá hiệu lực' then every.done_on + checked.value
            when 'Chưa hiệu lực' then every.effectiveness_on + answered.value
            when 'Sổ mâu thuẫn' then every.answer_due_on
            when 'Chưa trả lời' then every.answer_due_on
            when 'Đang phân tích' then every.answer_due_on
            when 'Chờ đóng phiếu' then every.effectiveness_on + answered.value
        end as next_due_on
    from every
    inner join reference.improvement_limits as answered on answered.name = 'answer_days'
    inner join reference.improvement_limits as checked on checked.name = 'effectiveness_days'
)

select
    judged.*,
    coalesce(judged.next_due_on < closing.closing_date, false)  as is_overdue,
    earlier.code                                                as recurs_of
from judged
cross join reference.closing as closing
inner join reference.improvement_limits as again on again.name = 'recurrence_months'
left join lateral (
    select max_by(before.code, (before.opened_on, before.code)) as code
    from judged as before
    where
        before.subject = judged.subject
        and before.unit_code = judged.unit_code
        and before.opened_on < judged.opened_on
        and before.opened_on + to_months(again.value) >= judged.opened_on
) as earlier on true
