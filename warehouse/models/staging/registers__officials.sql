-- Cán bộ, công chức theo sổ của các phòng; trống khi chưa có sổ nào.
select
    null::varchar   as record_key,
    null::varchar   as person,
    null::varchar   as unit,
    null::varchar   as position,
    null::varchar   as kind,
    null::varchar   as is_primary,
    null::date      as starts_on,
    null::date      as ends_on,
    null::varchar   as absence,
    null::varchar   as professional,
    null::varchar   as political,
    null::varchar   as administration,
    null::varchar   as leadership,
    null::varchar   as language_it,
    null::varchar   as experience
from reference.closing
where false
