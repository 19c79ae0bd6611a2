-- TTHC đang cấu hình trên hệ thống một cửa tại từng ngày chốt, kèm bên đối chiếu theo tham số P-08.
-- P-08 names the side compared with before and since 01/07/2025. Both are the one-stop system's configuration on our
-- wire; a date for which P-08 names a side we cannot read has no rows.
with sides as (
    select
        cast(right(side, 10) as date)           as on_date,
        starts_with(side, 'den_')               as is_until,
        parameter.value ->> ('$."' || side || '"') as compared_with,
        parameter.holds_from,
        parameter.holds_to
    from reference.parameters as parameter, unnest(json_keys(parameter.value)) as names (side)
    where parameter.code = 'P-08'
)

select
    day.as_at,
    day.observed_on,
    sides.compared_with,
    portal.procedure_code,
    portal.national_code,
    portal.procedure_name,
    portal.field_code,
    portal.field_name,
    portal.level_name
from core.stock_days as day
inner join sides
    on
        day.as_at between sides.holds_from and sides.holds_to
        and if(sides.is_until, day.as_at <= sides.on_date, day.as_at >= sides.on_date)
inner join staging.portal__procedure_versions as portal
    on
        day.observed_on >= portal.observed_from
        and day.observed_on < coalesce(portal.observed_until, date '9999-12-31')
where
    day.source = 'portal_procedures'
    and portal.procedure_code is not null
    and sides.compared_with in ('cong_dvc_tinh', 'he_thong_giai_quyet_va_cong_quoc_gia')
-- One procedure configured twice is compared once.
qualify row_number() over (partition by day.as_at, portal.procedure_code order by portal.record_key) = 1
