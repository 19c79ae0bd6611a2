-- Kỳ đã chốt số liệu: mỗi lần chốt một dòng, kèm bản công bố, mã băm, lý do (lần chốt lại) và số dòng đang chờ lý do.
select
    closing.period,
    closing.number,
    closing.period_start,
    closing.period_end,
    closing.closed_at,
    closing.closing_date    as closed_closing_date,
    closing.version,
    closing.file_sha256,
    closing.figures,
    closing.reason,
    'final'                 as state,
    -- Told once, beside the newest closing of a period.
    if(
        closing.number = max(closing.number) over (partition by closing.period),
        (
            select count(*) from marts.closed_figure_change as change
            where change.period = closing.period
        ),
        0
    )                       as changes_waiting
from core.closings as closing
