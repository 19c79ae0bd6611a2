-- Đối chiếu TTHC giữa Cơ sở dữ liệu quốc gia và Cổng của tỉnh tại ngày chốt: mỗi TTHC một dòng, kèm giá trị hai phía.
select
    sync.as_at                  as closing_date,
    sync.procedure_code,
    sync.national_code,
    sync.result,
    case sync.result
        when 'KHOP' then 'KHỚP'
        when 'LECH_NOI_DUNG' then 'LỆCH NỘI DUNG'
        when 'LECH_PHIEN_BAN' then 'LỆCH PHIÊN BẢN'
        when 'THIEU_TREN_CONG' then 'THIẾU TRÊN CỔNG'
        when 'THUA_TREN_CONG' then 'THỪA TRÊN CỔNG'
    end                         as result_label,
    sync.differing_keys,
    sync.difference,
    sync.national_name,
    sync.portal_name,
    sync.compared_with,
    sync.compared_label,
    sync.compared_keys,
    sync.national_observed_on,
    sync.portal_observed_on
from core.procedure_sync as sync
inner join reference.closing as closing on closing.closing_date = sync.as_at
