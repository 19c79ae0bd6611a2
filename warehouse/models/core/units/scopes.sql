-- Phạm vi mà mỗi bản ghi được tính: đơn vị theo danh mục, phòng thuộc Văn phòng, và bản ghi chưa rõ đơn vị ('?').
select
    unit_code,
    scope_code
from core.unit_scopes
union
select
    unit_code,
    unnest([unit_code, 'VP']) as scope_code
from core.office_units
union
-- A record whose unit cannot be told still belongs to the province, and may belong to the headline.
select
    '?' as unit_code,
    unnest([closing.org_code, 'VP']) as scope_code
from reference.closing as closing
