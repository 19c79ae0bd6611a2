-- Phạm vi mà mỗi bản ghi được tính tại ngày chốt; của từng kỳ xem core.scope_spans.
select
    span.unit_code,
    span.scope_code
from core.scope_spans as span
inner join reference.closing as closing on closing.closing_date between span.holds_from and span.holds_to
