-- Việc đến hạn và quá hạn: phiếu không phù hợp, rủi ro, khắc phục sau kiểm tra, đánh giá nội bộ, quyết định xem xét.
with every as (
    select
        'Sự không phù hợp'                          as kind,
        case state
            when 'Sổ mâu thuẫn' then 'Sửa sổ: hai dòng của một phiếu ghi khác nhau'
            when 'Chưa trả lời' then 'Phân tích nguyên nhân, đề ra hành động'
            when 'Đang phân tích' then 'Đề ra hành động khắc phục'
            when 'Đang khắc phục' then 'Hoàn thành hành động khắc phục'
            when 'Chờ đánh giá hiệu lực' then 'Đánh giá hiệu lực'
            when 'Chưa hiệu lực' then 'Đề ra hành động khác'
            else 'Đóng phiếu'
        end                                         as step,
        code                                        as record_key,
        coalesce(nullif(responsible_unit, '?'), unit_code)  as unit_code,
        coalesce(responsible_unit_name, unit_name)  as unit_name,
        coalesce(corrective_action, description)    as what,
        responsible_post,
        next_due_on                                 as due_on
    from core.nonconformities
    where state <> 'Đã đóng'
    union all
    select
        'Rủi ro, cơ hội',
        'Thực hiện biện pháp giải quyết',
        unit_name || ', TT ' || number,
        unit_code,
        unit_name,
        description,
        responsible,
        due_on
    from marts.risk
    where coalesce(state, '') <> 'Đã hoàn thành'
    union all
    select
        'Khắc phục sau kiểm tra',
        'Khắc phục theo kết luận',
        conclusion_number,
        unit_code,
        unit_name,
        'Kết luận ' || conclusion_number,
        null,
        remedy_due_on
    from marts.inspection
    where conclusion_number is not null and coalesce(remedy_state, '') <> 'Đã khắc phục'
    union all
    select
        'Đánh giá nội bộ',
        'Đánh giá theo chương trình',
        programme_number || ', ' || unit_name,
        unit_code,
        unit_name,
        scope,
        auditor_post,
        planned_on
    from marts.internal_audit
    where audited_on is null
    union all
    select
        'Xem xét của lãnh đạo',
        if(state = 'Sổ mâu thuẫn', 'Sửa sổ: hai dòng của một quyết định ghi khác nhau', 'Thực hiện quyết định'),
        review_number || ', TT ' || number,
        unit_code,
        unit_name,
        decision,
        responsible_post,
        due_on
    from marts.management_review
    where state in ('Quá hạn', 'Đang thực hiện', 'Sổ mâu thuẫn')
)

select
    every.*,
    every.due_on < closing.closing_date             as is_overdue,
    (closing.closing_date - every.due_on)::integer  as days_over
from every
cross join reference.closing as closing
inner join reference.improvement_limits as soon on soon.name = 'soon_days'
where every.due_on <= closing.closing_date + soon.value
order by every.due_on, every.kind, every.record_key
