-- Số hồ sơ theo tháng tiếp nhận do chính hệ thống một cửa đếm, mỗi tuần một lần, để đối chiếu tập khóa.
with newest as (
    select version.*
    from raw.portal__dossier_counts as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    try_cast(split_part(record_key, '|', 1) as date)        as period_start,
    try_cast(split_part(record_key, '|', 2) as date)        as period_end,
    try_cast(payload ->> '$.dossiers' as bigint)            as dossiers,
    try_cast(payload ->> '$.counted_on' as date)            as counted_on,
    timezone('UTC', first_seen_at) + interval 7 hour        as counted_at,
    content_hash,
    first_seen_at
from newest
