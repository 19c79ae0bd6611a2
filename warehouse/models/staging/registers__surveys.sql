-- Sổ khảo sát sự hài lòng của người dân, tổ chức.
with newest as (
    select version.*
    from raw.registers__surveys as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.survey_number'                    as survey_number,
    payload ->> '$.unit'                             as unit,
    payload ->> '$.topic'                            as topic,
    payload ->> '$.method'                           as method,
    local_date(payload ->> '$.starts_on')            as starts_on,
    local_date(payload ->> '$.ends_on')              as ends_on,
    try_cast(payload ->> '$.invited' as integer)     as invited,
    try_cast(payload ->> '$.answered' as integer)    as answered,
    try_cast(payload ->> '$.satisfied' as integer)   as satisfied,
    try_cast(payload ->> '$.average_score' as decimal(7, 4)) as average_score,
    try_cast(payload ->> '$.scale' as integer)       as scale,
    local_date(payload ->> '$.published_on')         as published_on,
    payload ->> '$.differing_columns'               as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
