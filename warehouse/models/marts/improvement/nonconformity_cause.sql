-- Nguyên nhân đếm được (Pareto): số phiếu và số bản ghi chưa đạt của mỗi nhóm nguyên nhân, nhiều nhất trước.
with records as (
    select
        cause_code,
        count(*) as records
    from (
        select distinct
            cause_code,
            indicator,
            record_key
        from marts.nonconformity_record
    ) as once
    group by cause_code
),

counted as (
    select
        found.cause_code,
        count(*)                                as nonconformities,
        coalesce(any_value(records.records), 0) as records
    from core.nonconformities as found
    left join records using (cause_code)
    where found.cause_code is not null
    group by found.cause_code
),

ranked as (
    select
        counted.*,
        row_number() over (
            order by counted.nonconformities desc, counted.records desc, counted.cause_code asc
        ) as position
    from counted
)

select
    ranked.position,
    ranked.cause_code,
    cause.label                                 as cause_label,
    ranked.nonconformities,
    ranked.records,
    ranked.nonconformities / sum(ranked.nonconformities) over ()    as share,
    sum(ranked.nonconformities) over (order by ranked.position)
    / sum(ranked.nonconformities) over ()       as cumulative_share
from ranked
inner join reference.nonconformity_causes as cause using (cause_code)
order by ranked.position
