-- Kết luận của chỉ tiêu không tốt hơn phần xấu nhất ràng buộc nó (P-02, P-21), và vì sao; theo mỗi cách đọc.
with decided as (
    select
        code,
        (value ->> '$') in ('true', 'trong_mt3')    as is_binding,
        if(
            code = 'P-02',
            'Mức giao tính cho từng nhóm người nộp (P-02): ',
            'MT3 gồm cả thông tin chỉ đạo, điều hành (P-21): '
        )                                           as words,
        holds_from,
        holds_to
    from reference.parameters
    where code in ('P-02', 'P-21')
),

by_verdict as (
    select
        bound.* exclude (code, as_at, part, part_verdict),
        min(bound.part_verdict)                     as verdict,
        min(decided.words) || string_agg(distinct bound.part, ', ' order by bound.part) || ' '
        || lower(min(bound.part_verdict))           as reason
    from indicators.binding_parts as bound
    inner join decided
        on decided.code = bound.code and bound.as_at between decided.holds_from and decided.holds_to
    left join indicators.readings as reading
        on reading.indicator = bound.indicator and reading.reading = bound.reading
    -- Whether it binds is what some readings read otherwise.
    where if(reading.parameter = bound.code, reading.value in ('true', 'trong_mt3'), decided.is_binding)
    group by all
)

select
    * exclude (part_severity, verdict, reason),
    max_by(verdict, part_severity)  as verdict,
    max_by(reason, part_severity)   as reason
from by_verdict
group by all
