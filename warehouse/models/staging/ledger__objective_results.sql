-- Kết quả từng quý mà phòng ghi vào bảng mục tiêu, và lúc thấy kết quả đó lần đầu.
with told as (
    select
        version.payload ->> '$.unit'                        as unit,
        try_cast(version.payload ->> '$.year' as integer)   as year,
        unnest([1, 2, 3, 4])                                as quarter,
        unnest([
            version.payload ->> '$.result_q1', version.payload ->> '$.result_q2', version.payload ->> '$.result_q3',
            version.payload ->> '$.result_q4'
        ])                                                  as result,
        version.first_seen_at
    from raw.registers__objectives as version
    cross join reference.closing as closing
    where version.first_seen_at < closing.known_until
)

select
    unit,
    year,
    quarter,
    min(first_seen_at) as first_seen_at
from told
where trim(result) <> ''
group by unit, year, quarter
