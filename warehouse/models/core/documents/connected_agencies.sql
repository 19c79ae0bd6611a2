-- Cơ quan đã kết nối trục liên thông: từ ngày nào thấy gửi hoặc nhận qua trục; trống nếu chỉ có tên trong danh mục.
with told as (
    select
        unit_code,
        null::timestamp as seen_at
    from staging.axis__agencies
    where withdrawn_at is null
    union all
    select
        recipient_code,
        received_at
    from staging.axis__sent_documents
    where receive_status = 'done'
    union all
    select
        reporter_code,
        reported_at
    from staging.axis__received_statuses
    union all
    select
        sender_code,
        listed_at
    from staging.axis__received_documents
)

select
    told.unit_code,
    min(told.seen_at)::date as connected_since
from told
cross join core.document_rules as rules
where told.unit_code is not null and coalesce(told.seen_at < rules.cut_at, true)
group by told.unit_code
