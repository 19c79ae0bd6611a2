-- Chỉ tiêu riêng của phòng, đơn vị theo bảng mục tiêu của đơn vị.
select
    null::varchar       as indicator,
    null::varchar       as unit_code,
    null::date          as valid_from,
    null::varchar       as operator,
    null::decimal(9, 6) as target,
    null::varchar       as citation
from reference.closing
where false
