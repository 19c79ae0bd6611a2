-- Tử số, mẫu số của mọi chỉ tiêu theo kỳ và phạm vi đơn vị: cộng dòng chảy trong kỳ với tồn đầu kỳ và cuối kỳ.
with measures as (
    select * from indicators.mt1
    union all by name
    select * from indicators.mt1a
    union all by name
    select * from indicators.mt1b
),

-- A record whose unit cannot be told still belongs to the province, and may belong to the headline.
scopes as (
    select
        unit_code,
        scope_code
    from core.unit_scopes
    union all
    select
        '?' as unit_code,
        unnest([closing.org_code, 'VP']) as scope_code
    from reference.closing as closing
),

by_unit as (
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
    inner join measures
        on case measures.basis
            when 'flow' then measures.on_date between period.period_start and period.as_at
            when 'opening' then measures.on_date = period.period_start - 1
            when 'closing' then measures.on_date = period.as_at
            when 'window' then
                measures.on_date <= period.as_at and measures.until_date >= period.period_start
        end
    group by all
),

-- The headline and the province always have a row, also where nothing happened.
expected as (
    select
        definition.indicator,
        definition.definition,
        scope.scope_code        as unit_code,
        population.applicant_group,
        period.*
    from reference.definitions as definition
    inner join (
        select distinct
            indicator,
            applicant_group
        from measures
        union
        select * from (values ('MT1', 'all'), ('MT1a', 'to_chuc'), ('MT1b', 'ca_nhan')) as headline
    ) as population (indicator, applicant_group) using (indicator)
    cross join (
        select org_code as scope_code from reference.closing
        union all
        select 'VP'
    ) as scope
    cross join core.periods as period
),

everything as (
    select by_unit.* replace (scopes.scope_code as unit_code)
    from by_unit
    inner join scopes using (unit_code)
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
