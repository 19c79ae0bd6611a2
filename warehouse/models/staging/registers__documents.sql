-- Sổ văn bản đi và văn bản nội bộ, mỗi nơi nhận một dòng; không có trích yếu.
with newest_keys as (
    select
        version.record_key,
        max(version.version) as version
    from raw.registers__documents as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
),

-- Keys before contents: of all other versions no payload is read.
newest as (
    select version.*
    from raw.registers__documents as version
    inner join newest_keys using (record_key, version)
)

select
    record_key,
    try_cast(payload ->> '$.number' as integer)                                as number,
    payload ->> '$.notation'                                                   as notation,
    local_date(payload ->> '$.issued_on')                                      as issued_on,
    local_date(coalesce(payload ->> '$.signed_on', payload ->> '$.issued_on')) as signed_on,
    payload ->> '$.type_name'                                                  as type_name,
    payload ->> '$.subject_sha256'                                             as subject_sha256,
    payload ->> '$.secrecy'                                                    as secrecy,
    payload ->> '$.urgency'                                                    as urgency,
    payload ->> '$.drafting_unit'                                              as drafting_unit,
    payload ->> '$.recipient_name'                                             as recipient_name,
    payload ->> '$.recipient_code'                                             as recipient_code,
    payload ->> '$.recipient_kind'                                             as recipient_kind,
    payload ->> '$.sending'                                                    as sending,
    payload ->> '$.signing'                                                    as signing,
    local_timestamp(payload ->> '$.sent_at')                                   as sent_at,
    local_timestamp(payload ->> '$.received_at')                               as received_at,
    payload ->> '$.receipt'                                                    as receipt,
    local_timestamp(payload ->> '$.receipt_at')                                as receipt_at,
    payload ->> '$.exclusion_code'                                             as exclusion_code,
    payload ->> '$.exclusion_reference'                                        as exclusion_reference,
    payload ->> '$.state'                                                      as state,
    payload ->> '$.differing_columns'                                          as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
