-- Các tệp sổ đã đọc: bao nhiêu dòng được nhận, bao nhiêu chỗ bị từ chối.
with newest as (
    select version.*
    from raw.registers__files as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.file'                            as file,
    payload ->> '$.sha256'                          as sha256,
    local_timestamp(payload ->> '$.modified_at')    as modified_at,
    payload ->> '$.registers'                       as registers,
    try_cast(payload ->> '$.received' as integer)   as rows_received,
    try_cast(payload ->> '$.rows' as integer)       as rows_taken,
    try_cast(payload ->> '$.wrong' as integer)      as rows_wrong,
    try_cast(payload ->> '$.doubled' as integer)    as rows_doubled,
    try_cast(payload ->> '$.secret' as integer)     as rows_secret,
    try_cast(payload ->> '$.rejections' as integer) as rejections,
    rows_received - rows_taken - rows_wrong - rows_doubled - rows_secret    as rows_lost,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
