-- Mỗi phiên bản TTHC còn thiếu nội dung nào: theo đủ mười một nội dung, và theo bảy nội dung kiểm tra tự động (QĐ 766).
select
    state.record_key,
    state.version,
    list(field.label order by field.position) filter (where state.state = 'trong')                      as missing,
    list(field.label order by field.position) filter (where state.state = 'trong' and field.is_in_766)  as missing_766,
    list(field.label order by field.position) filter (where state.state = 'mo_ho')                      as ambiguous
from core.procedure_fields as state
inner join reference.procedure_fields as field using (field)
group by all
