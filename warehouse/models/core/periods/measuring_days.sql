-- Các ngày đo của chỉ tiêu thời điểm: ngày chốt của mọi kỳ đã bắt đầu, và cùng ngày năm trước khi năm đó có mục tiêu.
select distinct
    span_as_at                              as on_date,
    year(span_as_at)::integer               as objective_year,
    date_trunc('year', span_as_at)::date    as year_start
from core.period_spans
where not is_last_year or year(span_as_at) in (select objective_year from reference.objectives)
