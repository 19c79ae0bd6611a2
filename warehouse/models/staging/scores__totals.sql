-- Số hồ sơ của tỉnh và từng đơn vị theo tháng, như Cổng quốc gia đếm.
with newest as (
    select version.*
    from raw.scores__totals as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    try_cast(split_part(record_key, '|', 1) || '-01' as date)   as period_start,
    organ_code(split_part(record_key, '|', 2))                  as unit_code,
    try_cast(payload ->> '$.HS_TOTAL' as bigint)                as received,
    try_cast(payload ->> '$.DB_TOTAL' as bigint)                as synchronised,
    try_cast(payload ->> '$.HTN_TRUCTUYEN_TOTAL' as bigint)     as received_online,
    try_cast(payload ->> '$.HTDH_TOTAL' as bigint)              as ended_in_time,
    try_cast(payload ->> '$.HTQH_TOTAL' as bigint)              as ended_late,
    try_cast(payload ->> '$.DXLTH_TOTAL' as bigint)             as open_in_time,
    try_cast(payload ->> '$.DXLQH_TOTAL' as bigint)             as open_overdue,
    payload ->> '$.unreadable'                                  as unreadable,
    content_hash,
    first_seen_at
from newest
