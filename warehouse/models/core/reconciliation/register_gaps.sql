-- Số dòng của sổ chưa nhận được, theo chỉ tiêu và định nghĩa mà sổ đó là căn cứ: mỗi dòng có thể làm đổi kết quả.
with wrong as (
    select
        unnest(from_json(registers, '["VARCHAR"]')) as register,
        rows_wrong
    from staging.registers__files
    where rows_wrong > 0
)

select
    feeds.indicator,
    feeds.definition,
    wrong.register,
    sum(wrong.rows_wrong)::bigint as rows_wrong
from wrong
inner join reference.indicator_sources as feeds
    on feeds.system = 'registers' and feeds.resource = wrong.register and feeds.widens
group by all
