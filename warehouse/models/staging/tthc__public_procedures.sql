-- TTHC hiện trên cổng công khai (rest.jsp), không cần đăng nhập.
with newest as (
    select version.*
    from raw.tthc__public_procedures as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.ID'                                  as internal_id,
    national_procedure_code(payload ->> '$.PROCEDURE_CODE') as national_code,
    payload ->> '$.PROCEDURE_NAME'                      as procedure_name,
    payload ->> '$.PUBLISHED_AGENCY'                    as published_agency,
    payload ->> '$.IMPLEMENTATION_AGENCY'               as implementation_agency,
    payload ->> '$.QDCBID'                              as decision_id,
    payload ->> '$.FIELD_NAME'                          as field_name,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
