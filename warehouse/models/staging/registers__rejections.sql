-- Những dòng, ô hoặc tệp của sổ chưa nhận được, kèm chỗ đứng và lý do.
with newest as (
    select version.*
    from raw.registers__rejections as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.register'                 as register,
    payload ->> '$.file'                     as file,
    payload ->> '$.sheet'                    as sheet,
    try_cast(payload ->> '$.row' as integer) as row_number,
    payload ->> '$.column'                   as column_name,
    payload ->> '$.message'                  as message,
    payload ->> '$.value'                    as given_value,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
