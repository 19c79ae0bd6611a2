-- The newest change of each rate, split into what came of who did the work and of how well each did it.
with newest as (
    select * from marts.change_decomposition
    where period_kind in ('month', 'quarter', 'year_to_date')
    qualify rank() over (partition by indicator, unit_code, period_kind order by period_end desc) = 1
)

select
    indicator,
    unit_code,
    period_kind,
    period_start,
    period_end,
    previous_start,
    previous_end,
    any_value(total_before)::double     as before,
    any_value(total_after)::double      as after,
    sum(mix_effect)::double             as mix,
    sum(rate_effect)::double            as rate,
    arg_max(child_unit_name, abs(rate_effect))      as most_unit_name,
    arg_max(rate_effect, abs(rate_effect))::double  as most_rate
from newest
group by indicator, unit_code, period_kind, period_start, period_end, previous_start, previous_end
order by indicator, unit_code, array_position(['year_to_date', 'quarter', 'month'], period_kind)
