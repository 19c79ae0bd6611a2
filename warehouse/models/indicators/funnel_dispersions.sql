-- Độ phân tán quá mức φ của mỗi chỉ tiêu trong kỳ: các đơn vị khác nhau bao nhiêu lần so với ngẫu nhiên thuần túy.
-- Spiegelhalter, Qual Saf Health Care 2005;14:347–351: z scores pulled in at both ends, then the mean of squares.
with rules as (
    select
        (value ->> '$.cat_duoi')::double            as winsorised,
        (value ->> '$.don_vi_it_nhat')::integer     as fewest_units,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'funnel'
),

scored as (
    select
        *,
        total_numerator / total_denominator         as centre,
        (numerator / denominator - centre) / sqrt(centre * (1 - centre) / denominator) as z
    from indicators.funnel_units
    where is_apart and is_enough and total_numerator between 1 and total_denominator - 1
),

-- In the order of the scores: sums of fractions come out the same on every run.
ranked as (
    select
        indicator,
        period_start,
        period_end,
        count(*)                                            as units,
        list(z order by z)                                  as scores,
        floor(any_value(rules.winsorised) * count(*))::bigint as cut,
        any_value(rules.fewest_units)                       as fewest_units
    from scored
    inner join rules on scored.as_at between rules.holds_from and rules.holds_to
    group by indicator, period_start, period_end
)

-- Too few units tell nothing of their spread; fewer differences than chance makes do not narrow the limits.
select
    indicator,
    period_start,
    period_end,
    units,
    if(units >= fewest_units, greatest(1, list_avg(list_transform(
        scores, lambda z: least(greatest(z, scores[cut + 1]), scores[units - cut]) ** 2
    ))), 1)::double                                         as dispersion
from ranked
