-- Xem xét của lãnh đạo (ISO 9.3): mỗi đầu vào đã bàn hoặc quyết định một dòng, kèm việc thực hiện quyết định.
select
    review.review_number,
    review.reviewed_on,
    review.chair_post,
    review.number,
    review.input,
    review.facts,
    review.discussion,
    review.decision,
    review.output,
    coalesce(named.unit_code, '?')                      as unit_code,
    review.unit                                         as unit_name,
    review.responsible_post,
    review.due_on,
    if(review.done_on <= closing.closing_date, review.done_on, null)    as done_on,
    review.evidence,
    review.differing_columns,
    case
        when review.differing_columns is not null then 'Sổ mâu thuẫn'
        when not filled(review.decision) then 'Không có quyết định'
        when review.done_on <= closing.closing_date then 'Đã thực hiện'
        when review.due_on < closing.closing_date then 'Quá hạn'
        else 'Đang thực hiện'
    end                                                 as state
from staging.registers__management_reviews as review
cross join reference.closing as closing
left join core.office_unit_names as named on named.folded_name = fold_ascii(review.unit)
order by review.reviewed_on, review.review_number, review.number
