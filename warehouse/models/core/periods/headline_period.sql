-- Kỳ của bảng điểm: lũy kế từ đầu năm dương lịch của ngày chốt; năm chưa có mục tiêu thì không có dòng nào.
select
    period.period_start,
    period.period_end,
    period.as_at
from core.periods as period
inner join reference.closing as closing on year(period.period_start) = year(closing.closing_date)
where period.period_calendar = 'iso' and period.period_kind = 'year_to_date'
