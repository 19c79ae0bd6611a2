-- Nội dung chi tiết từng TTHC trên Cơ sở dữ liệu quốc gia (dịch vụ LayThuTuc).
with newest as (
    select version.*
    from raw.tthc__procedures as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
    qualify row_number() over (partition by version.record_key order by version.version desc) = 1
)

select
    record_key,
    payload ->> '$.MATTHC'                              as procedure_code,
    national_procedure_code(payload ->> '$.MATTHC')     as national_code,
    payload ->> '$.TENTTHC'                             as procedure_name,
    payload ->> '$.TRANGTHAI'                           as status_code,
    payload ->> '$.QUYETDINH'                           as decision_number,
    payload ->> '$.IDQUYETDINHCONGBO'                   as decision_id,
    organ_code(payload ->> '$.MACOQUANCONGBO')          as announcing_agency_code,
    payload ->> '$.LINHVUCTHUCHIEN[0].MALINHVUC'        as field_code,
    coalesce(json_array_length(payload, '$.THANHPHANHOSO'), 0)    as component_groups,
    coalesce(json_array_length(payload, '$.TRINHTUTHUCHIEN'), 0)  as step_groups,
    coalesce(json_array_length(payload, '$.CACHTHUCTHUCHIEN'), 0) as channels,
    payload ->> '$.unreadable'                                    as unreadable,
    content_hash,
    first_seen_at,
    if(newest.withdrawn_at < closing.known_until, newest.withdrawn_at, null) as withdrawn_at
from newest
cross join reference.closing as closing
