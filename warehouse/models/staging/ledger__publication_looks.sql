-- Mỗi lần đọc trọn danh sách công khai, kèm giờ mở và đóng cửa: nhìn thấy gì lúc nào thì nói được về ngày nào.
-- A reading before the office opens tells of the day before; only one after it has closed tells of the whole day.
with hours as (
    select
        to_minutes(date_diff('minute', time '00:00', min(starts))) as opening,
        to_minutes(date_diff('minute', time '00:00', max(ends)))   as closing,
        holds_from,
        holds_to
    from reference.office_hours
    group by holds_from, holds_to
)

select
    extraction.ended_at,
    local_day(extraction.ended_at)                  as looked_on,
    local_day(extraction.ended_at - hours.opening)  as told_by,
    local_day(extraction.ended_at - hours.closing)  as told_through
from ledger.extractions as extraction
cross join reference.closing as closing
inner join hours on local_day(extraction.ended_at) between hours.holds_from and hours.holds_to
where
    extraction.system = 'tthc'
    and extraction.resource = 'public_procedures'
    and extraction.outcome = 'succeeded'
    and extraction.ended_at < closing.known_until
