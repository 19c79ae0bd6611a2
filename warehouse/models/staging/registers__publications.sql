-- Sổ công khai thông tin chỉ đạo, điều hành, mỗi văn bản một dòng, kể cả văn bản không phải công khai.
with newest as (
    select version.*
    from raw.registers__publications as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    try_cast(payload ->> '$.number' as integer) as number,
    payload ->> '$.notation'                    as notation,
    local_date(payload ->> '$.signed_on')       as signed_on,
    payload ->> '$.kind'                        as kind,
    payload ->> '$.is_due'                      as is_due,
    payload ->> '$.exception'                   as exception,
    payload ->> '$.exception_reference'         as exception_reference,
    local_date(payload ->> '$.published_on')    as published_on,
    payload ->> '$.address'                     as address,
    payload ->> '$.differing_columns'           as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
