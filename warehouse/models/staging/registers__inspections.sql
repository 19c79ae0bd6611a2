-- Sổ theo dõi kiểm tra cải cách hành chính.
with newest as (
    select version.*
    from raw.registers__inspections as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.plan_number'                  as plan_number,
    local_date(payload ->> '$.plan_on')          as plan_on,
    payload ->> '$.body'                         as body,
    payload ->> '$.form'                         as form,
    payload ->> '$.unit'                         as unit,
    payload ->> '$.team_decision'                as team_decision,
    local_date(payload ->> '$.starts_on')        as starts_on,
    local_date(payload ->> '$.ends_on')          as ends_on,
    payload ->> '$.minutes_number'               as minutes_number,
    local_date(payload ->> '$.minutes_on')       as minutes_on,
    payload ->> '$.field'                        as field,
    try_cast(payload ->> '$.sampled' as integer) as sampled,
    try_cast(payload ->> '$.wrong' as integer)   as wrong,
    payload ->> '$.conclusion_number'            as conclusion_number,
    local_date(payload ->> '$.concluded_on')     as concluded_on,
    payload ->> '$.result'                       as result,
    payload ->> '$.findings'                     as findings,
    payload ->> '$.recommendations'              as recommendations,
    local_date(payload ->> '$.remedy_due_on')    as remedy_due_on,
    payload ->> '$.remedy_report'                as remedy_report,
    payload ->> '$.remedy_state'                 as remedy_state,
    local_date(payload ->> '$.rechecked_on')     as rechecked_on,
    payload ->> '$.differing_columns'            as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
