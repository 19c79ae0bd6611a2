-- Số liệu do chính hệ thống một cửa thống kê theo đơn vị và kỳ, dùng để đối chiếu.
with newest as (
    select version.*
    from raw.portal__statistics as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    split_part(record_key, '|', 1)                              as agency_id,
    try_cast(split_part(record_key, '|', 2) as date)            as period_start,
    try_cast(split_part(record_key, '|', 3) as date)            as period_end,
    organ_code(payload ->> '$.agency.code')                     as unit_code,
    try_cast(payload ->> '$.received' as bigint)                as received,
    try_cast(payload ->> '$.receivedOnline' as bigint)          as received_online,
    try_cast(payload ->> '$.resolved' as bigint)                as resolved,
    try_cast(payload ->> '$.resolvedEarly' as bigint)           as resolved_early,
    try_cast(payload ->> '$.resolvedOnTime' as bigint)          as resolved_on_time,
    try_cast(payload ->> '$.resolvedOverdue' as bigint)         as resolved_overdue,
    try_cast(payload ->> '$.unresolved' as bigint)              as unresolved,
    try_cast(payload ->> '$.unresolvedOverdue' as bigint)       as unresolved_overdue,
    try_cast(payload ->> '$.cancelled' as bigint)               as cancelled,
    payload ->> '$.unreadable'                                  as unreadable,
    content_hash,
    first_seen_at
from newest
