-- Giới hạn kiểm soát của từng tháng trọn (Laney p′), cho những biểu đồ có đủ số trường hợp.
with rules as (
    select
        (value ->> '$.sigma_limits')::double            as sigma_limits,
        (value ->> '$.trial_points')::integer           as trial_points
    from reference.parameters
    where
        code = 'control_chart'
        and (select closing.closing_date from reference.closing as closing) between holds_from and holds_to
),

spread as (
    select
        point.*,
        middle.center,
        middle.sigma_z,
        middle.points >= rules.trial_points             as is_locked,
        sqrt(middle.center * (1 - middle.center) / point.denominator) * middle.sigma_z as sigma,
        -- Months without variation between them have no limits: a line is not a limit.
        if(round(sigma, 12) > 0, rules.sigma_limits * sigma, null)  as half_width,
        -- Whole numbers decide on which side of the line a share lies.
        sign(
            point.numerator * middle.total_denominator::hugeint
            - middle.total_numerator * point.denominator::hugeint
        )::integer                                      as side
    from core.chart_points as point
    inner join core.chart_centers as middle using (indicator, unit_code)
    cross join rules
    where point.is_whole and middle.has_enough
)

select
    *,
    (value - center) / nullif(sigma, 0)                 as z,
    -- Before a second month there is no variation to speak of, and no limit.
    if(half_width is null, null, greatest(center - half_width, 0))  as lower_limit,
    if(half_width is null, null, least(center + half_width, 1))     as upper_limit,
    round(value, 12) < round(center - half_width, 12)
    or round(value, 12) > round(center + half_width, 12)    as is_beyond,
    -- In the outer third between the line and a limit.
    coalesce(
        round(abs(value - center), 12) > round(half_width * 2 / 3, 12)
        and round(abs(value - center), 12) <= round(half_width, 12), false
    )                                                       as is_near
from spread
