-- Phạm vi của đơn vị đang giữ việc, chưa xét kế thừa: chính nó, các cấp trên, toàn tỉnh; VP (P-01) theo khoảng ngày.
with provinces_that_joined as (
    select succession.from_unit
    from reference.unit_successions as succession
    inner join reference.closing as closing on succession.to_unit = closing.org_code
    where succession.from_unit in (
        select unit_code from reference.units
        where level = 'tinh'
    )
),

strangers as (
    select lineage.unit_code
    from core.unit_lineage as lineage
    inner join core.unit_identities as identity on lineage.ancestor_code = identity.unit_code
    inner join provinces_that_joined as other on identity.official_code = other.from_unit
    union
    select unit.unit_code
    from core.units as unit
    inner join provinces_that_joined as other on starts_with(unit.unit_code, other.from_unit || '.')
),

-- Units of a province that joins ours are not ours: their work comes over to whoever follows them (domain §8.5).
province as (
    select unit_code from core.units
    where unit_code not in (select unit_code from strangers)
    union
    select org_code from reference.closing
),

headline_roots as (
    select
        unit.unit_code,
        span.holds_from,
        span.holds_to
    from core.units as unit
    inner join reference.headline_scope as scope
        on unit.unit_code = scope.unit_code or fold_ascii(unit.unit_name) = scope.folded_name
    inner join core.headline_spans as span on span.holds_from between scope.holds_from and scope.holds_to
),

headline as (
    select
        lineage.unit_code,
        root.holds_from,
        root.holds_to
    from core.unit_lineage as lineage
    inner join headline_roots as root on lineage.ancestor_code = root.unit_code
    union
    select
        province.unit_code,
        span.holds_from,
        span.holds_to
    from province
    cross join core.headline_spans as span
    where span.holds_from not in (select root.holds_from from headline_roots as root)
)

select
    unit_code,
    ancestor_code       as scope_code,
    date '0001-01-01'   as holds_from,
    date '9999-12-31'   as holds_to
from core.unit_lineage
union
select
    province.unit_code,
    closing.org_code,
    date '0001-01-01',
    date '9999-12-31'
from province, reference.closing as closing
union
select
    unit_code,
    'VP',
    holds_from,
    holds_to
from headline
