-- Các ngày chốt của mọi kỳ đo đã bắt đầu, kèm năm mục tiêu: chỉ tiêu thời điểm được đo đúng vào những ngày này.
select distinct
    as_at                               as on_date,
    year(as_at)::integer                as objective_year,
    date_trunc('year', as_at)::date     as year_start
from core.periods
