-- Mẫu hồ sơ đã hỏi Cổng quốc gia (dịch vụ TraCuuHoSo): có hay chưa có bản sao, trạng thái bên đó nếu được cho biết.
with newest as (
    select version.*
    from raw.tthc__dossier_copies as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
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
