-- Các khoảng ngày mà danh mục đơn vị thuộc phạm vi mục tiêu (P-01) không đổi; mọi ngày thuộc đúng một khoảng.
with begun as (
    select date '0001-01-01' as holds_from
    union
    select holds_from
    from reference.headline_scope
    union
    select holds_to + 1
    from reference.headline_scope
    where holds_to < date '9999-12-31'
)

select
    holds_from,
    coalesce(lead(holds_from) over (order by holds_from) - 1, date '9999-12-31') as holds_to
from begun
