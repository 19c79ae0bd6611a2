-- Danh sách T: TTHC thuộc thẩm quyền của tỉnh đang hiệu lực tại từng ngày chốt, đóng băng kèm ngày quan sát.
select
    day.as_at,
    day.observed_on,
    listed.record_key                                   as procedure_code,
    listed.national_code,
    listed.procedure_name,
    coalesce(status.label, listed.status_source)        as status,
    -- A record in the list without a status is public: that is what the list is.
    case when listed.status_source is null then true else status.is_public end as is_public,
    exclusion.reason                                    as exclusion_reason,
    exclusion.citation                                  as exclusion_citation,
    detail.version                                      as detail_version,
    coalesce(listed.field_code, detail.field_code)      as field_code,
    coalesce(listed.field_name, detail.field_name)      as field_name,
    detail.level_codes
from core.stock_days as day
inner join staging.tthc__procedure_list_versions as listed
    on
        day.observed_on >= listed.observed_from
        and day.observed_on < coalesce(listed.observed_until, date '9999-12-31')
left join core.stock_days as detail_day
    on detail_day.source = 'procedures' and detail_day.as_at = day.as_at
left join staging.tthc__procedure_versions as detail
    on
        detail.record_key = listed.record_key
        and detail_day.observed_on >= detail.observed_from
        and detail_day.observed_on < coalesce(detail.observed_until, date '9999-12-31')
left join reference.procedure_statuses as status on status.folded_value = fold_ascii(listed.status_source)
left join reference.procedure_exclusions as exclusion
    on
        exclusion.national_code = listed.national_code
        and day.as_at >= coalesce(exclusion.valid_from, date '1900-01-01')
        and day.as_at <= coalesce(exclusion.valid_to, date '9999-12-31')
where
    day.source = 'procedure_list'
    and listed.national_code is not null
    and coalesce(status.is_public, true)
