-- Dự báo đến cuối năm của mỗi chỉ tiêu chính tính trên số phát sinh: kết quả, khoảng 95 % và tỷ lệ cần đạt từ nay.
with so_far as (
    select
        judged.indicator,
        judged.unit_code,
        judged.period_start,
        judged.as_at,
        judged.numerator,
        judged.denominator,
        judged.target_micro / 1e6 as target
    from indicators.judged as judged
    inner join core.headlines as headline
        on
            headline.indicator = judged.indicator
            and headline.unit_code = judged.unit_code
            and headline.objective_year = year(judged.period_end)
            and headline.is_headline
    inner join core.headline_period as period using (period_start, period_end)
    inner join reference.definitions as definition
        on
            definition.indicator = judged.indicator
            and definition.definition = judged.definition
            and judged.as_at between definition.holds_from and definition.holds_to
    inner join reference.indicators as known
        on known.indicator = judged.indicator and known.applicant_group = judged.applicant_group
    where
        judged.reading is null
        and judged.period_calendar = 'iso'
        and judged.period_kind = 'year_to_date'
        and definition.is_headline
        and definition.basis = 'flow'
        and not definition.is_cumulative
        and definition.measure = 'rate'
        and judged.operator in ('>=', '=')
        and judged.actual is not null
),

days as (
    select
        so_far.indicator,
        count(*) filter (where calendar.day <= so_far.as_at)    as passed,
        count(*) filter (where calendar.day > so_far.as_at)     as remaining
    from so_far
    inner join reference.calendar as calendar
        on
            calendar.is_working
            and calendar.day between so_far.period_start and make_date(year(so_far.period_start), 12, 31)
    group by so_far.indicator
),

-- What is left comes in at the pace so far, per working day.
paced as (
    select
        so_far.*,
        so_far.denominator * days.remaining / nullif(days.passed, 0) as expected_rest
    from so_far
    inner join days using (indicator)
),

-- It goes as the last three months went; without dossiers in them, as the year did.
recent as (
    select
        paced.indicator,
        sum(point.numerator)    as numerator,
        sum(point.denominator)  as denominator
    from paced
    inner join core.chart_points as point
        on
            point.indicator = paced.indicator
            and point.unit_code = paced.unit_code
            and point.period_start between paced.as_at - interval 3 month and paced.as_at
    group by paced.indicator
),

-- Of M cases to come, with p seen in n: Var = φ·p(1−p)·(M + M²/n), the prediction of a binomial sum (Hahn and Meeker
-- 1991), widened by the variation between months φ = σz² of the p′ chart (Laney 2002), never below the binomial's own.
predicted as (
    select
        paced.*,
        coalesce(recent.numerator / recent.denominator, paced.numerator / paced.denominator)    as rate,
        coalesce(recent.denominator, paced.denominator)                                         as seen,
        -- Half a success and half a failure more (Jeffreys): a perfect record is no certainty.
        (coalesce(recent.numerator, paced.numerator) + 0.5) / (seen + 1)                        as cautious_rate,
        interval_width.value::double * greatest(1, coalesce(middle.sigma_z, 1))
        * sqrt(cautious_rate * (1 - cautious_rate) * (expected_rest + expected_rest * expected_rest / seen))
            as half_width
    from paced
    left join recent using (indicator)
    left join core.chart_centers as middle
        on middle.indicator = paced.indicator and middle.unit_code = paced.unit_code
    inner join reference.parameters as interval_width
        on
            interval_width.code = 'forecast_interval'
            and paced.as_at between interval_width.holds_from and interval_width.holds_to
)

select
    indicator,
    (numerator + rate * expected_rest) / (denominator + expected_rest)  as forecast_year_end,
    greatest(numerator, numerator + rate * expected_rest - half_width) / (denominator + expected_rest)
        as forecast_low,
    least(numerator + expected_rest, numerator + rate * expected_rest + half_width)
    / (denominator + expected_rest)                                     as forecast_high,
    -- Above 1 the target is out of reach; nothing when no day is left.
    if(
        expected_rest > 0,
        greatest(0, (target * (denominator + expected_rest) - numerator) / expected_rest),
        null
    )                                                                   as required_rate,
    expected_rest
from predicted
