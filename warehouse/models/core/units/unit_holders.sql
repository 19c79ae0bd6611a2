-- Ai giữ việc của mỗi đơn vị qua thời gian: chính nó, rồi đơn vị kế thừa toàn bộ; đồng hồ hồ sơ không chạy lại.
with recursive edges as (
    select
        from_unit,
        to_unit,
        kind,
        on_date
    from reference.unit_successions, reference.closing
    where
        kind in ('DOI_TEN', 'SAP_NHAP', 'GIAI_THE', 'TIEP_NHAN_NHIEM_VU')
        and from_unit <> to_unit
        and on_date <= closing_date
    -- One heir of the whole; several on one day are a split, which is never shared out by guess (domain §8.5).
    qualify count(*) over (partition by from_unit, on_date) = 1
),

-- A unit that ends takes those below it along; a new name does not.
ending as (
    select
        lineage.unit_code,
        edges.to_unit,
        edges.on_date,
        lineage.depth
    from core.unit_lineage as lineage
    inner join core.unit_identities as identity on lineage.ancestor_code = identity.unit_code
    inner join edges on identity.official_code = edges.from_unit
    where lineage.depth = 0 or edges.kind in ('SAP_NHAP', 'GIAI_THE')
    union all
    -- A unit whose province the directory does not list is known by its code.
    select
        unit.unit_code,
        edges.to_unit,
        edges.on_date,
        100
    from core.units as unit
    inner join edges on starts_with(unit.unit_code, edges.from_unit || '.')
    where edges.kind in ('SAP_NHAP', 'GIAI_THE')
),

steps as (
    select
        unit_code,
        to_unit     as official_code,
        on_date
    from ending
    qualify row_number() over (partition by unit_code order by on_date, depth) = 1
    union all
    select
        steps.unit_code,
        edges.to_unit,
        edges.on_date
    from steps
    inner join edges on steps.official_code = edges.from_unit and steps.on_date < edges.on_date
),

codes as (
    select
        official_code,
        min(unit_code) as unit_code
    from core.unit_identities
    where official_code is not null
    group by official_code
),

held as (
    select
        unit_code,
        unit_code           as holder_code,
        date '0001-01-01'   as from_date
    from core.units
    union all
    select
        steps.unit_code,
        coalesce(codes.unit_code, steps.official_code),
        steps.on_date
    from steps
    left join codes using (official_code)
)

select
    unit_code,
    holder_code,
    from_date,
    coalesce(lead(from_date) over (partition by unit_code order by from_date) - 1, date '9999-12-31') as until_date
from held
