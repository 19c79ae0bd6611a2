-- Lĩnh vực của từng hồ sơ: theo hồ sơ, nếu hồ sơ không ghi thì theo thủ tục; tên lấy ở danh mục thủ tục.
with procedures as (
    select
        procedure_code,
        min(nullif(sector_code, '')) as sector_code
    from staging.portal__procedures
    group by procedure_code
),

-- One spelling per code: the portal's procedures first, then the fields of the national database.
names as (
    select
        sector_code,
        sector_name
    from (
        select
            sector_code,
            sector_name,
            1 as priority
        from staging.portal__procedures
        union all
        select
            field_code,
            field_name,
            2
        from staging.tthc__fields
    ) as known
    where sector_code <> '' and sector_name <> ''
    qualify row_number() over (partition by sector_code order by priority, sector_name) = 1
)

select
    dossier.record_key,
    coalesce(
        names.sector_name,
        nullif(dossier.sector_code, ''),
        procedures.sector_code,
        'Chưa xác định lĩnh vực'
    ) as sector_name
from core.dossiers as dossier
left join procedures using (procedure_code)
left join names
    on names.sector_code = coalesce(nullif(dossier.sector_code, ''), procedures.sector_code)
