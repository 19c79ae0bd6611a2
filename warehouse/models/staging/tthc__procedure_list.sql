-- Danh sách TTHC trên Cơ sở dữ liệu quốc gia (dịch vụ LayDanhSachTTHC).
with newest as (
    select version.*
    from raw.tthc__procedure_list as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    national_procedure_code(payload ->> '$.MATTHC')     as national_code,
    payload ->> '$.TENTTHC'                             as procedure_name,
    payload ->> '$.unreadable'                          as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
