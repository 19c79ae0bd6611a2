-- Sổ theo dõi sự không phù hợp và hành động khắc phục.
with newest as (
    select version.*
    from raw.registers__nonconformities as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.form_number'                       as form_number,
    local_date(payload ->> '$.opened_on')        as opened_on,
    payload ->> '$.found_by'                     as found_by,
    payload ->> '$.reference'                    as reference,
    payload ->> '$.linked_indicator'             as linked_indicator,
    payload ->> '$.unit'                         as unit,
    payload ->> '$.description'                  as description,
    payload ->> '$.correction'                   as correction,
    payload ->> '$.cause_code'                   as cause_code,
    payload ->> '$.why_1'                        as why_1,
    payload ->> '$.why_2'                        as why_2,
    payload ->> '$.why_3'                        as why_3,
    payload ->> '$.why_4'                        as why_4,
    payload ->> '$.why_5'                        as why_5,
    payload ->> '$.cause'                        as cause,
    payload ->> '$.corrective_action'            as corrective_action,
    payload ->> '$.responsible_post'             as responsible_post,
    local_date(payload ->> '$.due_on')           as due_on,
    local_date(payload ->> '$.done_on')          as done_on,
    payload ->> '$.evidence'                     as evidence,
    payload ->> '$.effectiveness'                as effectiveness,
    local_date(payload ->> '$.effectiveness_on') as effectiveness_on,
    local_date(payload ->> '$.closed_on')        as closed_on,
    payload ->> '$.differing_columns'               as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
