-- Sổ đánh giá nội bộ.
with newest as (
    select version.*
    from raw.registers__internal_audits as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.programme_number'                   as programme_number,
    try_cast(payload ->> '$.year' as integer)          as year,
    payload ->> '$.unit'                               as unit,
    payload ->> '$.scope'                              as scope,
    payload ->> '$.clauses'                            as clauses,
    local_date(payload ->> '$.planned_on')             as planned_on,
    local_date(payload ->> '$.audited_on')             as audited_on,
    payload ->> '$.auditor_post'                       as auditor_post,
    payload ->> '$.is_independent'                     as is_independent,
    try_cast(payload ->> '$.major' as integer)         as major,
    try_cast(payload ->> '$.minor' as integer)         as minor,
    try_cast(payload ->> '$.opportunities' as integer) as opportunities,
    payload ->> '$.report_number'                      as report_number,
    local_date(payload ->> '$.reported_on')            as reported_on,
    payload ->> '$.differing_columns'               as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
