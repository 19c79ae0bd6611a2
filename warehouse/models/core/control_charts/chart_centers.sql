-- Đường trung tâm và độ dao động giữa các tháng của từng biểu đồ kiểm soát, tính trên những tháng trọn đầu tiên.
with rules as (
    select
        (value ->> '$.d2')::double                  as d2,
        (value ->> '$.rarer_cases')::double         as rarer_cases,
        (value ->> '$.trial_points')::integer       as trial_points
    from reference.parameters
    where
        code = 'control_chart'
        and (select closing.closing_date from reference.closing as closing) between holds_from and holds_to
),

baseline as (
    select
        point.*,
        sum(point.numerator) over series        as total_numerator,
        sum(point.denominator) over series      as total_denominator,
        sum(point.numerator) over series / sum(point.denominator) over series as proportion
    from core.chart_points as point, rules
    where point.is_whole and point.position <= rules.trial_points
    window series as (partition by point.indicator, point.unit_code)
),

-- Laney: each month in standard errors of its own size, so that what is left between months is real variation.
scored as (
    select
        *,
        (value - proportion) / nullif(sqrt(proportion * (1 - proportion) / denominator), 0) as score
    from baseline
),

moving as (
    select
        *,
        abs(score - lag(score) over (partition by indicator, unit_code order by position)) as moving_range
    from scored
),

-- Lists in the order of the months: sums of fractions come out the same on every run.
averaged as (
    select
        indicator,
        unit_code,
        count(*)                                            as points,
        any_value(total_numerator)::bigint                  as total_numerator,
        any_value(total_denominator)::bigint                as total_denominator,
        any_value(proportion)                               as center,
        list_avg(list(moving_range order by position asc))  as moving_range
    from moving
    group by indicator, unit_code
)

select
    averaged.* exclude (moving_range),
    averaged.moving_range / rules.d2                        as sigma_z,
    -- Of the rarer kind, failures or successes, a month has so many on the average; with fewer nothing can be charted.
    least(total_numerator, total_denominator - total_numerator) >= points * rules.rarer_cases as has_enough
from averaged, rules
