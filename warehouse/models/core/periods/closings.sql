-- Các lần chốt số liệu đã có đến ngày chốt này: kỳ nào, lần thứ mấy, theo bản công bố nào; lần sau kèm lý do.
select
    closing.period,
    closing.number,
    closing.period_start,
    closing.period_end,
    closing.closed_at,
    closing.known_at,
    closing.closing_date,
    closing.version,
    closing.file_sha256,
    closing.figures,
    closing.reason
from ledger.closings as closing
cross join reference.closing as now
-- A closing date of before the closing, and what was published before it, are told as they were then.
where closing.known_at < now.known_until and closing.closing_date <= now.closing_date
