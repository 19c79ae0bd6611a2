-- Cán bộ, công chức và từng tiêu chuẩn chức danh; người là mã ẩn danh.
with newest as (
    select version.*
    from raw.registers__officials as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.person'                as person,
    payload ->> '$.unit'                  as unit,
    payload ->> '$.position'              as position,
    payload ->> '$.kind'                  as kind,
    payload ->> '$.is_primary'            as is_primary,
    local_date(payload ->> '$.starts_on') as starts_on,
    local_date(payload ->> '$.ends_on')   as ends_on,
    payload ->> '$.absence'               as absence,
    payload ->> '$.professional'          as professional,
    payload ->> '$.political'             as political,
    payload ->> '$.administration'        as administration,
    payload ->> '$.leadership'            as leadership,
    payload ->> '$.language_it'           as language_it,
    payload ->> '$.experience'            as experience,
    payload ->> '$.differing_columns'     as differing_columns,
    content_hash,
    first_seen_at
from newest
cross join reference.closing as closing
where coalesce(newest.withdrawn_at >= closing.known_until, true)
