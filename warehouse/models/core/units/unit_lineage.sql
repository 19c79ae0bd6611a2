-- Mỗi đơn vị với chính nó và mọi cấp trên theo cây danh mục.
with recursive lineage as (
    select
        unit_code,
        unit_code       as ancestor_code,
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
)

select
    unit_code,
    ancestor_code,
    min(depth) as depth
from lineage
group by unit_code, ancestor_code
