-- Mọi phiên bản của danh sách TTHC quốc gia, kèm khoảng ngày quan sát thấy: dùng cho số tại một ngày đã qua.
select
    version.record_key,
    version.version,
    national_procedure_code(version.payload ->> '$.MATTHC')     as national_code,
    display_name(version.payload ->> '$.TENTTHC')               as procedure_name,
    nullif(trim(version.payload ->> '$.TRANGTHAI'), '')         as status_source,
    nullif(organ_code(version.payload ->> '$.MACOQUANCONGBO'), '') as announcing_code,
    version.payload ->> '$.MALINHVUC'                           as field_code,
    version.payload ->> '$.TENLINHVUC'                          as field_name,
    local_day(version.first_seen_at)                            as observed_from,
    -- A version holds until the next one is seen or the record has gone.
    least(
        local_day(lead(version.first_seen_at) over (partition by version.record_key order by version.version)),
        local_day(if(version.withdrawn_at < closing.known_until, version.withdrawn_at, null))
    )                                                           as observed_until,
    version.first_seen_at
from raw.tthc__procedure_list as version, reference.closing as closing
where version.first_seen_at < closing.known_until
