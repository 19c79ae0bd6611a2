-- Tên cơ quan trên trục liên thông và mã duy nhất của nó, để tìm mã khi sổ chỉ ghi tên.
select
    fold_ascii(unit_name)   as folded_name,
    min(unit_code)          as unit_code
from staging.axis__agencies
where withdrawn_at is null and unit_name is not null and unreadable is null
group by folded_name
having count(distinct unit_code) = 1
