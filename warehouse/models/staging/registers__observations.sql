-- Sổ theo dõi khác phục vụ đo mục tiêu: khiếu nại, sáng kiến, bản giấy…, mỗi nội dung một tên sổ.
with newest as (
    select version.*
    from raw.registers__observations as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.book'                                as book,
    try_cast(payload ->> '$.number' as integer)         as number,
    payload ->> '$.unit'                                as unit,
    local_date(payload ->> '$.happened_on')             as happened_on,
    payload ->> '$.kind'                                as kind,
    payload ->> '$.result'                              as result,
    local_date(payload ->> '$.due_on')                  as due_on,
    local_date(payload ->> '$.done_on')                 as done_on,
    try_cast(payload ->> '$.amount' as decimal(18, 4))  as amount,
    try_cast(payload ->> '$.out_of' as decimal(18, 4))  as out_of,
    payload ->> '$.document_number'                     as document_number,
    payload ->> '$.differing_columns'                   as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
