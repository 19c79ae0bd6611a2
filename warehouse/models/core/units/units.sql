-- Đơn vị theo danh mục của hệ thống một cửa; cấp trên theo cây danh mục, không có cây thì theo mã định danh.
with directory as (
    select
        agency.unit_code,
        -- A name that did not pass the border is none.
        min(agency.unit_name) filter (where agency.unreadable is null)      as unit_name,
        min(parent.unit_code) filter (where parent.unit_code <> agency.unit_code) as parent_code
    from staging.portal__agencies as agency
    left join staging.portal__agencies as parent on agency.parent_agency_id = parent.agency_id
    where not starts_with(coalesce(agency.source_code, ''), 'withheld')
    group by agency.unit_code
),

-- A source without a directory (the call is optional) still names its units in the dossiers.
named_by_dossiers as (
    select distinct organ_code(agency_code) as unit_code
    from staging.portal__dossiers
    where organ_code(agency_code) <> '' and not exists (select 1 from directory)
),

every_unit as (
    select
        unit_code,
        unit_name,
        parent_code
    from directory
    union all by name
    select unit_code from named_by_dossiers
)

select
    unit.unit_code,
    coalesce(unit.unit_name, official.name, unit.unit_code)     as unit_name,
    coalesce(unit.parent_code, by_code.unit_code)               as parent_code
from every_unit as unit
left join every_unit as by_code
    on
        by_code.unit_code = regexp_replace(unit.unit_code, '\.[0-9]+$', '')
        and by_code.unit_code <> unit.unit_code
left join (
    select
        unit_code,
        max_by(name, valid_from) as name
    from reference.units
    group by unit_code
) as official on official.unit_code = unit.unit_code
