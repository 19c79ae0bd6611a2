-- Kỳ của bảng điểm: lũy kế từ đầu năm dương lịch, năm mục tiêu mới nhất đã bắt đầu.
select
    period_start,
    period_end,
    as_at
from core.periods
where period_calendar = 'iso' and period_kind = 'year_to_date'
order by period_start desc
limit 1
