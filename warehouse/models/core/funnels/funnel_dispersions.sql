-- Độ phân tán quá mức φ của mỗi chỉ tiêu trong kỳ: các đơn vị khác nhau bao nhiêu lần so với ngẫu nhiên thuần túy.
-- Spiegelhalter, Qual Saf Health Care 2005;14:347–351: z scores pulled in to their tenths at both ends, mean of squares.
with rules as (
    select
        (value ->> '$.cat_duoi')::double            as winsorised,
        (value ->> '$.don_vi_it_nhat')::integer     as fewest_units
    from reference.parameters
    where code = 'funnel'
),

scored as (
    select
        *,
        total_numerator / total_denominator         as centre,
        (numerator / denominator - centre) / sqrt(centre * (1 - centre) / denominator) as z
    from core.funnel_units
    where is_apart and is_enough and total_numerator between 1 and total_denominator - 1
),

pulled_in as (
    select
        scored.*,
        least(
            greatest(z, quantile_cont(z, rules.winsorised) over compared),
            quantile_cont(z, 1 - rules.winsorised) over compared
        )                                           as mild_z
    from scored, rules
    window compared as (partition by indicator, period_start, period_end)
)

-- Too few units tell nothing of their spread; fewer differences than chance makes do not narrow the limits.
select
    indicator,
    period_start,
    period_end,
    count(*)                                                            as units,
    if(
        count(*) >= any_value(rules.fewest_units),
        greatest(1, list_avg(list(mild_z * mild_z order by unit_code))),
        1
    )::double                                                           as dispersion
from pulled_in, rules
group by indicator, period_start, period_end
