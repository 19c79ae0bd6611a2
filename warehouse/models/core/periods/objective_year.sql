-- Năm mục tiêu của ngày chốt: đã có quyết định, mới có ví dụ, hay chưa có; kèm câu phải nói ra nếu chưa có quyết định.
with found as (
    select
        closing.closing_date,
        year(closing.closing_date)::integer             as objective_year,
        count(objective.indicator)::integer             as objectives,
        coalesce(bool_or(objective.is_example), false)  as is_example
    from reference.closing as closing
    left join reference.objectives as objective on objective.objective_year = year(closing.closing_date)
    group by closing.closing_date
)

select
    found.*,
    case
        when objectives = 0
            then
                'Năm ' || objective_year || ' chưa có mục tiêu chất lượng: Văn phòng chưa nhập quyết định (' || files
                || '). Bảng điểm để trống; các năm trước vẫn ở bảng kết quả'
        when is_example
            then
                'Mục tiêu năm ' || objective_year || ' là ví dụ lấy theo năm trước: Văn phòng chưa nhập quyết định ('
                || files || '). Kết luận chỉ để theo dõi, chưa được ký'
    end as notice
from found
cross join
    lateral (
        select 'objectives.' || objective_year || '.yaml, targets.' || objective_year || '.csv' as files
    ) as recipe
