-- Xếp loại năm của từng người (chỉ trong kho nội bộ) tại từng ngày đo: quyết định mới nhất đến ngày đó.
select
    day.on_date,
    rating.person,
    rating.category,
    rating.kind,
    rating.differing_columns,
    rating.contradiction,
    rating.has_decision and rating.decided_on <= day.on_date    as is_decided
from core.measuring_days as day
inner join indicators.ratings as rating on rating.year = day.objective_year
where rating.period_kind = 'year'
qualify row_number() over (
    partition by day.on_date, rating.person
    order by is_decided desc, if(is_decided, rating.decided_on, null) desc nulls last, rating.record_key
) = 1
