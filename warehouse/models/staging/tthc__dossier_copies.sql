-- Mẫu hồ sơ đã hỏi Cổng quốc gia (dịch vụ TraCuuHoSo): có hay chưa có bản sao, trạng thái bên đó nếu được cho biết.
with newest_keys as (
    select
        version.record_key,
        max(version.version) as version
    from raw.tthc__dossier_copies as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    group by version.record_key
),

-- Keys before contents: of all other versions no payload is read.
newest as (
    select version.*
    from raw.tthc__dossier_copies as version
    inner join newest_keys using (record_key, version)
)

select
    record_key,
    -- The official trace of a re-appointment (protocols B.3): the date before the first supplement is the promise.
    list_min(list_transform(
        payload ->> '$.DanhSachHoSoBoSung[*].NgayHenTraTruoc', lambda told: local_timestamp(told)
    ))                                                      as appointment_before_supplements,
    record_key                                              as dossier_code,
    coalesce(try_cast(payload ->> '$.is_known' as boolean), false)  as is_known,
    try_cast(payload ->> '$.TrangThaiHoSo' as integer)      as status_code,
    payload ->> '$.unreadable'                              as unreadable,
    content_hash,
    first_seen_at
from newest
