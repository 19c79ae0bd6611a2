-- Danh mục phòng, đơn vị duyệt cùng kế hoạch kiểm tra.
with newest as (
    select version.*
    from raw.registers__inspection_units as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.plan_number'             as plan_number,
    local_date(payload ->> '$.approved_on') as approved_on,
    payload ->> '$.unit'                    as unit,
    payload ->> '$.field'                   as field,
    local_date(payload ->> '$.added_on')    as added_on,
    payload ->> '$.added_reason'            as added_reason,
    payload ->> '$.differing_columns'       as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
