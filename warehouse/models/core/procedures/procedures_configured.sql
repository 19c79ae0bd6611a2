-- TTHC đang cấu hình trên hệ thống một cửa tại từng ngày chốt, kèm bên đối chiếu theo tham số P-08.
-- A date for which P-08 names a side we cannot read has no rows.
select
    day.as_at,
    day.observed_on,
    side.compared_with,
    side.compared_label,
    side.compared_keys,
    portal.procedure_code,
    portal.national_code,
    portal.procedure_name,
    portal.field_code,
    portal.field_name,
    portal.level_name,
    portal.agencies,
    process.limits
from core.stock_days as day
inner join core.comparison_sides as side on side.as_at = day.as_at and side.is_read
inner join staging.portal__procedure_versions as portal
    on
        day.observed_on >= portal.observed_from
        and day.observed_on < coalesce(portal.observed_until, date '9999-12-31')
left join core.stock_days as process_day
    on process_day.source = 'portal_processes' and process_day.as_at = day.as_at
left join staging.portal__process_versions as process
    on
        process.record_key = portal.record_key
        and process_day.observed_on >= process.observed_from
        and process_day.observed_on < coalesce(process.observed_until, date '9999-12-31')
where day.source = 'portal_procedures' and portal.procedure_code is not null
-- One procedure configured twice is compared once.
qualify row_number() over (partition by day.as_at, portal.procedure_code order by portal.record_key) = 1
