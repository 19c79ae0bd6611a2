-- Kết quả đánh giá, xếp loại năm, quý, tháng; người là mã ẩn danh.
with newest as (
    select version.*
    from raw.registers__ratings as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.person'                    as person,
    payload ->> '$.unit'                      as unit,
    payload ->> '$.kind'                      as kind,
    try_cast(payload ->> '$.year' as integer) as year,
    -- What was read before there were periods is the year's.
    coalesce(payload ->> '$.period', 'Năm')   as period,
    try_cast(payload ->> '$.general_points' as decimal(7, 4)) as general_points,
    try_cast(payload ->> '$.task_points' as decimal(7, 4)) as task_points,
    try_cast(payload ->> '$.points' as decimal(7, 4)) as points,
    payload ->> '$.category'                  as category,
    payload ->> '$.stage'                     as stage,
    payload ->> '$.reason'                    as reason,
    payload ->> '$.decision_number'           as decision_number,
    local_date(payload ->> '$.decided_on')    as decided_on,
    payload ->> '$.differing_columns'         as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
