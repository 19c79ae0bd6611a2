-- Biểu đồ kiểm soát theo tháng trọn của chỉ tiêu phát sinh đủ nhiều: đường trung tâm, giới hạn, dấu hiệu thay đổi thật.
with rules as (
    select
        (value ->> '$.run_length')::integer     as run_length,
        (value ->> '$.trend_length')::integer   as trend_length
    from reference.parameters
    where
        code = 'control_chart'
        and (select closing.closing_date from reference.closing as closing) between holds_from and holds_to
),

stepped as (
    select
        *,
        sign(
            numerator * lag(denominator::hugeint) over series - lag(numerator) over series * denominator::hugeint
        )::integer                              as step,
        -- Of three points in a row, wherever this one stands among them.
        is_near and greatest(
            (is_near and side = lag(side) over series and lag(is_near) over series)::integer,
            (is_near and side = lag(side, 2) over series and lag(is_near, 2) over series)::integer,
            (is_near and side = lead(side) over series and lead(is_near) over series)::integer,
            (is_near and side = lead(side, 2) over series and lead(is_near, 2) over series)::integer
        ) = 1                                   as is_two_of_three
    from core.chart_limits
    window series as (partition by indicator, unit_code order by position)
),

-- Points of one side, or steps of one direction, that follow each other share a number.
islands as (
    select
        *,
        position - row_number() over (partition by indicator, unit_code, side order by position) as side_island,
        position - row_number() over (partition by indicator, unit_code, step order by position) as step_island
    from stepped
),

measured as (
    select
        *,
        count(*) over (partition by indicator, unit_code, side, side_island)    as run_length,
        -- A trend of n points is n - 1 steps in one direction.
        if(step <> 0, count(*) over (partition by indicator, unit_code, step, step_island) + 1, 0) as trend_length
    from islands
),

signalled as (
    select
        measured.*,
        coalesce(measured.is_beyond, false)                             as beyond_limits,
        measured.side <> 0 and measured.run_length >= rules.run_length  as in_run,
        coalesce(greatest(
            coalesce(measured.trend_length, 0),
            lead(measured.trend_length) over (partition by measured.indicator, measured.unit_code order by position)
        ) >= rules.trend_length, false)                                 as in_trend,
        coalesce(measured.is_two_of_three, false)                       as two_of_three
    from measured, rules
)

select
    indicator,
    definition,
    unit_code,
    period_start,
    period_end,
    as_at,
    numerator,
    denominator,
    value,
    'laney_p'                                                           as chart,
    center,
    lower_limit,
    upper_limit,
    sigma_z,
    z,
    if(is_locked, 'locked', 'trial')                                    as limits_state,
    beyond_limits,
    in_run,
    in_trend,
    two_of_three,
    -- Where the signal points: up 1, down -1, nowhere 0.
    case
        when beyond_limits or in_run or two_of_three then side
        when in_trend then step
        else 0
    end                                                                 as direction,
    nullif(concat_ws(
        '; ',
        if(beyond_limits, if(side < 0, 'Dưới giới hạn dưới', 'Trên giới hạn trên'), null),
        if(in_run, run_length || ' tháng liền ' || if(side < 0, 'dưới', 'trên') || ' đường trung tâm', null),
        if(in_trend, 'Nhiều tháng liền tăng hoặc giảm', null),
        if(two_of_three, 'Hai trong ba tháng sát giới hạn', null)
    ), '')                                                              as signal,
    if(is_locked, 'Giới hạn đã khóa', 'Giới hạn tạm tính (dưới 12 tháng)')   as limits_label
from signalled
