-- Phạm vi mà mỗi bản ghi được tính, theo khoảng ngày: đơn vị, phòng của Văn phòng, bản ghi chưa rõ đơn vị (?).
-- A period is counted by the spans that hold on its last day (`as_at`): one list for the whole of it (P-01).
select
    unit_code,
    scope_code,
    holds_from,
    holds_to
from core.unit_scope_spans
union
select
    unit_code,
    unit_code           as scope_code,
    date '0001-01-01'   as holds_from,
    date '9999-12-31'   as holds_to
from core.office_units
union
-- Rooms are the Office's by any list; the same spans as above, so that nothing stands twice.
select
    room.unit_code,
    'VP',
    span.holds_from,
    span.holds_to
from core.office_units as room
cross join core.headline_spans as span
union
-- A record whose unit cannot be told still belongs to the province, and may belong to the headline.
select
    '?',
    unnest([closing.org_code, 'VP']),
    date '0001-01-01',
    date '9999-12-31'
from reference.closing as closing
