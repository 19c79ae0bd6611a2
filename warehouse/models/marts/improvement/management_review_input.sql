-- Đầu vào của xem xét của lãnh đạo (ISO 9.3.2), điền từ số liệu đã công bố tại ngày chốt; phần còn lại do người ghi.
with of_year as (
    select year(period_start) as objective_year
    from core.headline_period
),

told as (
    select
        'a' as input,
        format(
            '{} quyết định: {} đã thực hiện, {} quá hạn',
            count(*), count(*) filter (where state = 'Đã thực hiện'), count(*) filter (where state = 'Quá hạn')
        ) || contradicted(count(differing_columns))     as facts
    from marts.management_review
    where state <> 'Không có quyết định'
    union all
    select
        'b',
        format('{} lượt sắp xếp đơn vị có hiệu lực trong năm; văn bản, bối cảnh khác: ghi thêm', count(*))
    from reference.unit_successions as moved
    inner join of_year on of_year.objective_year = year(moved.on_date)
    union all
    select
        'c1',
        format(
            '{} đợt khảo sát: {}/{} phiếu thu về, {} phiếu hài lòng; {} đợt ít phiếu',
            count(*), coalesce(sum(answered), 0), coalesce(sum(invited), 0), coalesce(sum(satisfied), 0),
            count(*) filter (where not is_enough)
        ) || contradicted(count(differing_columns))
    from marts.survey as survey
    inner join of_year on of_year.objective_year = year(survey.ends_on)
    union all
    select
        'c' || part,
        facts
    from core.review_results
    union all
    select
        'c4',
        format(
            '{} phiếu: {} đã đóng, {} chưa trả lời, {} quá hạn, {} tái diễn',
            count(*), count(*) filter (where state = 'Đã đóng'), count(*) filter (where state = 'Chưa trả lời'),
            count(*) filter (where is_overdue), count(recurs_of)
        ) || contradicted(count(differing_columns))
    from core.nonconformities
    union all
    select
        'c6',
        format(
            '{}/{} lượt đánh giá nội bộ đã làm: {} nặng, {} nhẹ, {} chưa có phiếu',
            count(audited_on), count(*), coalesce(sum(major), 0), coalesce(sum(minor), 0),
            coalesce(sum(findings_without_form), 0)
        ) || contradicted(count(differing_columns))
    from marts.internal_audit
    union all
    select
        'd',
        format(
            '{} phiếu do thiếu nhân lực, {} phiếu do phần mềm, hạ tầng',
            count(*) filter (where cause_code = 'N02'), count(*) filter (where cause_code = 'N05')
        )
    from core.nonconformities
    union all
    select
        'e',
        format(
            '{} rủi ro, cơ hội: {} có hiệu lực, {} quá hạn',
            count(*), count(*) filter (where effectiveness = 'Có hiệu lực'), count(*) filter (where is_overdue)
        )
    from marts.risk
    union all
    select
        'f',
        format('{} điểm nên cải tiến qua đánh giá nội bộ', coalesce(sum(opportunities), 0))
    from marts.internal_audit
)

select *
from told
order by input
