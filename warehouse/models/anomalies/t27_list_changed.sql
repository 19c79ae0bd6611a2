-- T27: đơn vị được thêm vào danh mục kiểm tra sau ngày duyệt: mẫu số không còn như lúc chốt.
select
    'T27'                       as trap,
    'them_sau_duyet'            as signal,
    'unit'                      as record_kind,
    listed.unit                 as record_key,
    coalesce(named.unit_code, '?') as unit_code,
    listed.added_on             as occurred_on,
    json_object(
        'ke_hoach', listed.plan_number, 'ngay_duyet', listed.approved_on, 'ngay_them', listed.added_on,
        'ly_do', listed.added_reason
    )                           as evidence,
    'Kế hoạch '
    || listed.plan_number
    || ': '
    || listed.unit
    || ' được thêm ngày '
    || strftime(listed.added_on, '%d/%m/%Y')
    || ', sau ngày duyệt ' || strftime(listed.approved_on, '%d/%m/%Y')
    || if(coalesce(trim(listed.added_reason), '') = '', ', không ghi lý do', '') as sentence,
    listed.first_seen_at
from staging.registers__inspection_units as listed
left join core.office_unit_names as named on named.folded_name = fold_ascii(listed.unit)
where listed.added_on > listed.approved_on
