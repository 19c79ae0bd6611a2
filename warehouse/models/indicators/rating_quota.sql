-- Hạn mức xếp loại xuất sắc tại ngày chốt: số người xuất sắc so với tỷ lệ cho phép trên số người xếp loại tốt.
with quota as (
    select
        (value::double * 1000000)::bigint   as micro,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'excellent_quota'
),

counted as (
    select
        day.objective_year,
        count(*) filter (where rating.category = 'Hoàn thành xuất sắc nhiệm vụ')    as excellent,
        count(*) filter (where rating.category = 'Hoàn thành tốt nhiệm vụ')         as good
    from indicators.year_end_ratings as rating
    inner join core.measuring_days as day using (on_date)
    where
        rating.definition = 'XS'
        and rating.is_decided
        and day.on_date = (
            select max(newest.on_date) from core.measuring_days as newest
            where newest.objective_year = day.objective_year
        )
    group by day.objective_year
)

select
    counted.objective_year,
    counted.excellent,
    counted.good,
    counted.good * quota.micro // 1000000                           as excellent_allowed,
    counted.excellent * 1000000 <= counted.good * quota.micro       as is_within_quota
from counted
-- The rule of the year that is rated.
inner join quota on make_date(counted.objective_year, 12, 31) between quota.holds_from and quota.holds_to
