-- Số dòng của sổ chưa nhận được, theo chỉ tiêu và định nghĩa mà sổ đó là căn cứ: mỗi dòng có thể làm đổi kết quả.
with wrong as (
    select
        unnest(from_json(registers, '["VARCHAR"]')) as register,
        rows_wrong
    from staging.registers__files
    where rows_wrong > 0
),

feeds as (
    select * from (
        values
        ('documents', 'MT2a', 'DOC'), ('documents', 'MT2b', 'PAIR'), ('documents', 'MT2b', 'DOC'),
        ('documents', 'MT2b', 'T1'), ('incoming', 'MT2b', 'IN'), ('incoming', 'MT2b', 'T2'),
        ('incoming', 'MT2b', 'T3'), ('incoming', 'MT2b', 'T4'), ('officials', 'MT4a', 'STD'),
        ('ratings', 'MT4b', 'STD'), ('inspections', 'MT5', 'STD'), ('inspection_units', 'MT5', 'STD'),
        ('communications', 'D1', 'STD'), ('objectives', 'D2', 'STD'), ('risks', 'D3', 'STD')
    ) as feed (register, indicator, definition)
)

select
    feeds.indicator,
    feeds.definition,
    feeds.register,
    sum(wrong.rows_wrong)::bigint as rows_wrong
from wrong
inner join feeds using (register)
group by all
