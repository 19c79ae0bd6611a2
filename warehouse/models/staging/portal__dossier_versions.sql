-- Lịch sử các hồ sơ đã thay đổi: mỗi phiên bản một dòng, những mốc mà người ta có thể sửa.
with known as (
    select version.*
    from raw.portal__dossiers as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify count(*) over (partition by version.record_key) > 1
)

select
    record_key,
    version,
    payload ->> '$.id'                              as dossier_id,
    local_timestamp(payload ->> '$.appointmentDate') as appointment_at,
    local_timestamp(payload ->> '$.completedDate')  as completed_at,
    local_timestamp(payload ->> '$.updatedDate')    as updated_at,
    -- When we held this in our hands, by the clock on the wall.
    timezone('UTC', first_seen_at) + interval 7 hour as seen_at,
    first_seen_at
from known
