-- Mọi TTHC mà Cơ sở dữ liệu quốc gia liệt kê tại từng ngày chốt: trạng thái của danh sách và của bản ghi, thẩm quyền.
-- The list need not show a status; the record has one. What either of them calls rescinded is rescinded.
with province as (
    select closing.org_code as code
    from reference.closing as closing
    union
    select succession.from_unit
    from reference.unit_successions as succession
    inner join reference.closing as closing on closing.org_code = succession.to_unit
),

listed as (
    select
        day.as_at,
        day.observed_on,
        listed.record_key                                   as procedure_code,
        listed.national_code,
        listed.procedure_name,
        if(
            listed.status_source is not null and status.is_public is null,
            listed.status_source, coalesce(detail.status_source, listed.status_source)
        )                                                   as status_source,
        -- Without a status anywhere it is public: that is what the list is.
        (listed.status_source is null or status.is_public)
        and (detail.status_source is null or detail_status.is_public) as is_public,
        detail.version                                      as detail_version,
        coalesce(listed.field_code, detail.field_code)      as field_code,
        coalesce(listed.field_name, detail.field_name)      as field_name,
        detail.level_codes,
        detail.limits,
        detail.agencies,
        split_part(coalesce(detail.announcing_code, listed.announcing_code), '.', 1) as announcing_organ
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
    left join reference.procedure_statuses as detail_status
        on detail_status.folded_value = fold_ascii(detail.status_source)
    where day.source = 'procedure_list' and listed.national_code is not null
)

select
    listed.* exclude (announcing_organ),
    -- Another province's is not ours, nor what a ministry announces and performs itself (CAPTHUCHIEN 0 alone).
    coalesce(
        listed.announcing_organ in (select province.code from province)
        or not (
            regexp_full_match(listed.announcing_organ, 'H\d{2}')
            or (len(listed.level_codes) > 0 and len(list_filter(listed.level_codes, lambda level: level <> '0')) = 0)
        ), true
    ) as is_in_competence
from listed
