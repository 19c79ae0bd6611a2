-- Giới hạn 95 % và 99,8 % của biểu đồ phễu cho mỗi cỡ mẫu quanh tỷ lệ chung: nhị thức chính xác, nội suy hai số đếm.
-- Spiegelhalter, Stat Med 2005;24:1185–1202, appendix; the upper limit by the same rule for failures, so that nobody is
-- better by a count that chance gives more often than the limit says.
with sizes as (
    select distinct
        denominator,
        total_numerator,
        total_denominator,
        total_numerator / total_denominator as centre
    from indicators.funnel_units
    where is_enough and total_numerator between 1 and total_denominator - 1
),

-- Beyond eight standard deviations and a dozen nothing is left to count.
spans as (
    select
        *,
        ceil(8 * sqrt(denominator * centre * (1 - centre)))::bigint + 12    as reach,
        round(denominator * centre)::bigint                                 as middle
    from sizes
),

outcomes as (
    select
        denominator,
        total_numerator,
        total_denominator,
        unnest(range(greatest(0, middle - reach), least(denominator, middle + reach) + 1)) as k,
        exp(
            lgamma(denominator + 1) - lgamma(k + 1) - lgamma(denominator - k + 1)
            + k * ln(centre) + (denominator - k) * ln(1 - centre)
        ) as probability
    from spans
),

summed as (
    select
        *,
        sum(probability) over (size order by k)         as up_to,
        sum(probability) over (size order by k desc)    as from_here
    from outcomes
    window size as (partition by denominator, total_numerator, total_denominator)
),

tails as (
    select * from (
        values ('95', 0.025::double), ('998', 0.001::double)
    ) as tail (name, share)
),

ends as (
    select
        summed.denominator,
        summed.total_numerator,
        summed.total_denominator,
        tails.name,
        min(k) filter (where up_to >= share)        as low,
        max(k) filter (where from_here >= share)    as high,
        arg_min((up_to - share) / probability, k) filter (where up_to >= share)         as below_low,
        arg_max((from_here - share) / probability, k) filter (where from_here >= share) as above_high
    from summed, tails
    group by all
)

select
    denominator,
    total_numerator,
    total_denominator,
    max((low - below_low) / denominator) filter (where name = '95')     as lower_95,
    max((high + above_high) / denominator) filter (where name = '95')   as upper_95,
    max((low - below_low) / denominator) filter (where name = '998')    as lower_998,
    max((high + above_high) / denominator) filter (where name = '998')  as upper_998
from ends
group by denominator, total_numerator, total_denominator
