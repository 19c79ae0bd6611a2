-- Danh sách T: TTHC thuộc thẩm quyền của tỉnh đang hiệu lực tại từng ngày chốt, đóng băng kèm ngày quan sát.
select
    listed.* exclude (status_source, is_in_competence),
    coalesce(status.label, listed.status_source)    as status,
    exclusion.reason                                as exclusion_reason,
    exclusion.citation                              as exclusion_citation
from core.procedures_listed as listed
left join reference.procedure_statuses as status on status.folded_value = fold_ascii(listed.status_source)
left join reference.procedure_exclusions as exclusion
    on
        exclusion.national_code = listed.national_code
        and listed.as_at >= coalesce(exclusion.valid_from, date '1900-01-01')
        and listed.as_at <= coalesce(exclusion.valid_to, date '9999-12-31')
where listed.is_in_competence and coalesce(listed.is_public, true)
