-- Phạm vi mà mỗi đơn vị thuộc về, từng khoảng ngày: chính nó, các cấp trên, và mọi phạm vi của đơn vị kế thừa.
select
    unit_code,
    ancestor_code       as scope_code,
    date '0001-01-01'   as holds_from,
    date '9999-12-31'   as holds_to
from core.unit_lineage
union
select
    held.unit_code,
    membership.scope_code,
    membership.holds_from,
    membership.holds_to
from core.unit_holders as held
inner join core.unit_memberships as membership on held.holder_code = membership.unit_code
where held.until_date = date '9999-12-31'
