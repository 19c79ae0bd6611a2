-- Sổ xem xét của lãnh đạo.
with newest as (
    select version.*
    from raw.registers__management_reviews as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.review_number'               as review_number,
    local_date(payload ->> '$.reviewed_on')     as reviewed_on,
    payload ->> '$.chair_post'                  as chair_post,
    try_cast(payload ->> '$.number' as integer) as number,
    payload ->> '$.input'                       as input,
    payload ->> '$.facts'                       as facts,
    payload ->> '$.discussion'                  as discussion,
    payload ->> '$.decision'                    as decision,
    payload ->> '$.output'                      as output,
    payload ->> '$.unit'                        as unit,
    payload ->> '$.responsible_post'            as responsible_post,
    local_date(payload ->> '$.due_on')          as due_on,
    local_date(payload ->> '$.done_on')         as done_on,
    payload ->> '$.evidence'                    as evidence,
    payload ->> '$.differing_columns'               as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
