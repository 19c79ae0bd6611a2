-- Quyết định công bố TTHC trên cổng công khai.
with newest as (
    select version.*
    from raw.tthc__decisions as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.CODE'                                as decision_number,
    payload ->> '$.NAME'                                as decision_name,
    local_date(payload ->> '$.PUBLISHING_DATE')         as published_on,
    payload ->> '$.PUBLISHING_DATE'                     as publishing_date_source,
    payload ->> '$.AGENCY_NAME'                         as agency_name,
    payload ->> '$.AGENCY_ID'                           as agency_id,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
