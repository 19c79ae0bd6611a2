-- Phạm vi mà mỗi đơn vị thuộc về tại ngày chốt; của từng kỳ xem core.unit_scope_spans.
select
    span.unit_code,
    span.scope_code
from core.unit_scope_spans as span
inner join reference.closing as closing on closing.closing_date between span.holds_from and span.holds_to
