-- Whose work the figure is made of, the lowest rate first; a scope of other units is none of them.
select
    result.unit_code,
    result.unit_name,
    result.numerator,
    result.denominator,
    result.actual,
    result.target,
    result.actual_last_year,
    result.numerator_last_year,
    result.denominator_last_year,
    funnel.lower_95,
    funnel.upper_95
from marts.headline_result as result
left join marts.funnel as funnel using (indicator, unit_code, period_start, period_end)
where
    result.indicator = 'MT1' and result.denominator > 0
    and result.period_kind = $kind and result.period_start = $start
    and result.unit_code in (
        select scope.unit_code
        from core.scopes as scope
        inner join core.headlines as headline
            on
                headline.indicator = 'MT1'
                and headline.objective_year = year($start::date)
                and headline.is_headline
        where scope.scope_code = coalesce($unit, headline.unit_code)
    )
order by result.actual asc, result.denominator desc, result.unit_code asc
