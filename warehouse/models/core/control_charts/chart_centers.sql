-- Đường trung tâm và độ dao động giữa các tháng của từng biểu đồ kiểm soát, tính trên những điểm đầu (điểm làm chuẩn).
with rules as (
    select
        (value ->> '$.d2')::double                  as d2,
        (value ->> '$.moving_range_screen')::double as moving_range_screen,
        (value ->> '$.trial_points')::integer       as trial_points
    from reference.parameters
    where
        code = 'control_chart'
        and (select closing.closing_date from reference.closing as closing) between holds_from and holds_to
),

baseline as (
    select
        point.*,
        rules.d2,
        rules.moving_range_screen,
        sum(point.numerator) over series        as total_numerator,
        sum(point.denominator) over series      as total_denominator,
        sum(point.numerator) over series / sum(point.denominator) over series as proportion
    from core.chart_points as point, rules
    where point.position <= rules.trial_points
    window series as (partition by point.indicator, point.unit_code)
),

-- Laney: each month in standard errors of its own size, so that what is left between months is real variation.
scored as (
    select
        *,
        if(
            chart = 'laney_p',
            (value - proportion) / nullif(sqrt(proportion * (1 - proportion) / denominator), 0),
            value
        ) as score
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
        chart,
        any_value(d2)                                       as d2,
        any_value(moving_range_screen)                      as moving_range_screen,
        count(*)                                            as points,
        any_value(total_numerator)::bigint                  as total_numerator,
        any_value(total_denominator)::bigint                as total_denominator,
        any_value(proportion)                               as proportion,
        list_avg(list(value order by position asc))         as mean,
        list(moving_range order by position asc)            as moving_ranges,
        list_avg(list(moving_range order by position asc))  as moving_range
    from moving
    group by indicator, unit_code, chart
)

select
    indicator,
    unit_code,
    chart,
    points,
    total_numerator,
    total_denominator,
    if(chart = 'laney_p', proportion, mean)                 as center,
    if(chart = 'laney_p', moving_range / d2, null)          as sigma_z,
    -- One leap does not widen the limits of XmR for all: ranges above the screen are left out.
    if(chart = 'xmr', list_avg(
        list_filter(moving_ranges, lambda one: one <= moving_range_screen * moving_range)
    ), null)                                                as moving_range
from averaged
