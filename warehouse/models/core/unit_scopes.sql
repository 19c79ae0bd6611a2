-- Phạm vi mà mỗi đơn vị thuộc về: chính nó, các cấp trên, toàn tỉnh và VP (phạm vi mục tiêu, P-01).
with recursive lineage as (
    select
        unit_code,
        unit_code       as scope_code,
        parent_code     as next_code,
        0               as depth
    from core.units
    union all
    select
        lineage.unit_code,
        lineage.next_code,
        unit.parent_code,
        lineage.depth + 1
    from lineage
    inner join core.units as unit on lineage.next_code = unit.unit_code
    where lineage.depth < 10
),

-- Units of a province that joins ours later are not ours yet (domain §8.5, as-now).
province as (
    select
        unit.unit_code,
        closing.org_code
    from core.units as unit, reference.closing as closing
    where not exists (
        select 1
        from reference.unit_successions as succession
        where
            succession.to_unit = closing.org_code
            and succession.on_date > closing.closing_date
            and (
                unit.unit_code = succession.from_unit
                or starts_with(unit.unit_code, succession.from_unit || '.')
            )
    )
),

headline_roots as (
    select unit.unit_code
    from core.units as unit
    inner join reference.headline_scope as scope
        on unit.unit_code = scope.unit_code or fold_ascii(unit.unit_name) = scope.folded_name
),

headline as (
    select lineage.unit_code
    from lineage
    inner join headline_roots on lineage.scope_code = headline_roots.unit_code
    union all
    select unit_code from province
    where not exists (select 1 from headline_roots)
)

select
    unit_code,
    scope_code
from lineage
union
select
    unit_code,
    org_code
from province
union
select
    unit_code,
    'VP'
from headline
