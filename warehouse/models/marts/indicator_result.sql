-- Kết quả từng chỉ tiêu theo định nghĩa, đơn vị, đối tượng, kỳ: căn cứ, khoảng, kết luận; kỳ đã chốt giữ số đã chốt.
-- partitioned by closing_date
-- What is measured of a closed period today stands in marts.closed_figure_change where it differs.
select
    measured.*,
    'provisional' as state
from indicators.measured_results as measured
anti join indicators.closed_figures as closed
    using (indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start)
union all by name
select
    closing.closing_date,
    closing.known_from,
    closing.run_id,
    closed.* exclude (period, number, closed_at, reason),
    'final' as state
from indicators.closed_figures as closed
cross join reference.closing as closing
-- A reason may say that there is no such figure any more.
where closed.numerator is not null
