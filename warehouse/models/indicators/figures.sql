-- Tử số, mẫu số của mọi chỉ tiêu theo kỳ và phạm vi đơn vị: cộng dòng chảy trong kỳ với tồn đầu kỳ và cuối kỳ.
with by_unit as (
    select
        measures.indicator,
        measures.definition,
        measures.unit_code,
        measures.applicant_group,
        period.*,
        sum(measures.numerator)     as numerator,
        sum(measures.denominator)   as denominator,
        sum(measures.excluded)      as excluded,
        sum(measures.quarantined)   as quarantined
    from core.periods as period
    inner join indicators.measures as measures
        on case measures.basis
            when 'flow' then measures.on_date between period.period_start and period.as_at
            when 'opening' then measures.on_date = period.period_start - 1
            when 'closing' then measures.on_date = period.as_at
            when 'window' then
                measures.on_date <= period.as_at and measures.until_date >= period.period_start
        end
    group by all
    union all by name
    select * from indicators.repeats
    union all by name
    select * from indicators.mt3_periods
),

-- The headline always has a row, also where nothing happened.
expected as (
    select
        headline.indicator,
        definition.definition,
        headline.unit_code,
        indicator.applicant_group,
        period.*
    from core.headlines as headline
    inner join reference.indicators as indicator using (indicator)
    inner join reference.definitions as definition using (indicator)
    inner join core.periods as period on headline.objective_year = year(period.period_end)
),

-- Single units have their rows always; the Office and the province only where the objective speaks of them.
everything as (
    select by_unit.* replace (scope.scope_code as unit_code)
    from by_unit
    inner join core.scopes as scope using (unit_code)
    cross join reference.closing as closing
    left join core.headlines as headline
        on
            headline.indicator = by_unit.indicator
            and headline.objective_year = year(by_unit.period_end)
            and headline.unit_code = scope.scope_code
    where scope.scope_code not in ('VP', closing.org_code) or headline.unit_code is not null
    union all by name
    select
        *,
        0 as numerator,
        0 as denominator,
        0 as excluded,
        0 as quarantined
    from expected
)

select
    indicator,
    definition,
    unit_code,
    applicant_group,
    period_calendar,
    period_kind,
    period_start,
    period_end,
    as_at,
    sum(numerator)::bigint      as numerator,
    sum(denominator)::bigint    as denominator,
    sum(excluded)::bigint       as excluded,
    sum(quarantined)::bigint    as quarantined
from everything
group by all
