-- Lịch sử các hồ sơ đã thay đổi: mỗi phiên bản một dòng, những mốc mà người ta có thể sửa.
with changed as (
    select version.record_key
    from raw.portal__dossiers as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
    having count(*) > 1
)

-- Keys before contents: most dossiers have one version, whose payload is not read here.
select
    version.record_key,
    version.version,
    version.payload ->> '$.id'                              as dossier_id,
    local_timestamp(version.payload ->> '$.appointmentDate') as appointment_at,
    local_timestamp(version.payload ->> '$.completedDate')  as completed_at,
    local_timestamp(version.payload ->> '$.updatedDate')    as updated_at,
    -- When we held this in our hands, by the clock on the wall.
    timezone('UTC', version.first_seen_at) + interval 7 hour as seen_at,
    version.first_seen_at
from raw.portal__dossiers as version
inner join changed using (record_key)
cross join reference.closing as closing
where version.first_seen_at < closing.known_until
