-- TTHC mới, sửa đổi hoặc bãi bỏ theo từng quyết định công bố.
with newest as (
    select version.*
    from raw.tthc__decision_procedures as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    split_part(record_key, '|', 1)                      as decision_id,
    split_part(record_key, '|', 2)                      as change_kind,
    payload ->> '$.ID'                                  as internal_id,
    payload ->> '$.PROCEDURE_NAME'                      as procedure_name,
    payload ->> '$.PUBLISHED_AGENCY'                    as published_agency,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
