-- Giới hạn kiểm soát của từng điểm: Laney p′ cho tỷ lệ của tháng, XmR cho số đo tại một thời điểm.
with rules as (
    select
        (value ->> '$.d2')::double                      as d2,
        (value ->> '$.sigma_limits')::double            as sigma_limits,
        (value ->> '$.moving_range_limits')::double     as moving_range_limits,
        (value ->> '$.trial_points')::integer           as trial_points
    from reference.parameters
    where
        code = 'control_chart'
        and (select closing.closing_date from reference.closing as closing) between holds_from and holds_to
),

-- Where every case of the baseline went alike there is no variation, and the line is the limit.
spread as (
    select
        point.*,
        middle.center,
        middle.sigma_z,
        middle.points >= rules.trial_points             as is_locked,
        case point.chart
            when 'laney_p'
                then if(
                    middle.center in (0, 1),
                    0,
                    sqrt(middle.center * (1 - middle.center) / point.denominator) * middle.sigma_z
                )
            else middle.moving_range / rules.d2
        end                                             as sigma,
        if(
            point.chart = 'laney_p',
            rules.sigma_limits * sigma,
            rules.moving_range_limits * middle.moving_range
        )                                               as half_width,
        -- Whole numbers decide on which side of the line a share lies.
        if(
            point.chart = 'laney_p',
            sign(
                point.numerator * middle.total_denominator::hugeint
                - middle.total_numerator * point.denominator::hugeint
            ),
            sign(round(point.value - middle.center, 12))
        )::integer                                      as side
    from core.chart_points as point
    inner join core.chart_centers as middle using (indicator, unit_code, chart)
    cross join rules
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
    round(abs(value - center), 12) > round(half_width * 2 / 3, 12)
    and round(abs(value - center), 12) <= round(half_width, 12) as is_near
from spread
