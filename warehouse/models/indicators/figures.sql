-- Tử số, mẫu số của mọi chỉ tiêu theo kỳ và phạm vi đơn vị: cộng dòng chảy trong kỳ với tồn đầu kỳ và cuối kỳ.
with by_unit as (
    select
        measures.indicator,
        measures.definition,
        measures.unit_code,
        measures.applicant_group,
        period.* exclude (span_start, span_as_at, is_over),
        sum(measures.numerator)     as numerator,
        sum(measures.denominator)   as denominator,
        sum(measures.excluded)      as excluded,
        sum(measures.quarantined)   as quarantined,
        sum(measures.doubtful)      as doubtful,
        sum(measures.early)         as early,
        sum(measures.on_time)       as on_time
    from core.period_spans as period
    inner join indicators.measures as measures
        on case measures.basis
            when 'flow' then measures.on_date between period.span_start and period.span_as_at
            when 'opening' then measures.on_date = period.span_start - 1
            when 'closing' then measures.on_date = period.span_as_at
            when 'window' then
                measures.on_date <= period.span_as_at and measures.until_date >= period.span_start
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
        period.* exclude (is_over),
        false as is_last_year
    from core.headlines as headline
    inner join reference.indicators as indicator using (indicator)
    inner join core.periods as period on headline.objective_year = year(period.period_end)
    inner join reference.definitions as definition
        on
            definition.indicator = headline.indicator
            and period.as_at between definition.holds_from and definition.holds_to
),

-- Single units have their rows always; the Office and the province only where the objective speaks of them.
everything as (
    select by_unit.* replace (scope.scope_code as unit_code)
    from by_unit
    inner join core.scope_spans as scope
        on scope.unit_code = by_unit.unit_code and by_unit.as_at between scope.holds_from and scope.holds_to
    cross join reference.closing as closing
    left join core.headlines as headline
        on
            headline.indicator = by_unit.indicator
            and headline.objective_year = year(by_unit.period_end)
            and headline.unit_code = scope.scope_code
    where scope.scope_code not in ('VP', closing.org_code) or headline.unit_code is not null
    union all by name
    select * from indicators.valued_figures
    union all by name
    select
        *,
        0 as numerator,
        0 as denominator,
        0 as excluded,
        0 as quarantined,
        0 as doubtful,
        null as early,
        null as on_time
    from expected
),

-- Since when something is known of each family; a stock is measured on days of years that have objectives alone.
reach as (
    select
        known.family,
        min(measures.on_date) as since
    from indicators.measures as measures
    inner join reference.indicators as known using (indicator)
    where measures.basis <> 'window' and measures.denominator > 0
    group by known.family
)

select
    everything.indicator,
    everything.definition,
    everything.unit_code,
    everything.applicant_group,
    everything.period_calendar,
    everything.period_kind,
    everything.period_start,
    everything.period_end,
    everything.as_at,
    sum(everything.numerator) filter (not is_last_year)::bigint     as numerator,
    sum(everything.denominator) filter (not is_last_year)::bigint   as denominator,
    sum(everything.excluded) filter (not is_last_year)::bigint      as excluded,
    sum(everything.quarantined) filter (not is_last_year)::bigint   as quarantined,
    -- Counted as missed by a due date that is not certain (decision 112); only dossiers have any.
    coalesce(sum(everything.doubtful) filter (not is_last_year), 0)::bigint as doubtful,
    -- Of dossiers settled in time; no other indicator has them.
    sum(everything.early) filter (not is_last_year)::bigint         as early,
    sum(everything.on_time) filter (not is_last_year)::bigint       as on_time,
    -- Where data reach back to the beginning of the period (ten days may pass without any, as at Tết).
    nullif(
        sum(everything.denominator) filter (
            is_last_year and (
                reach.since <= (everything.period_start - interval 1 year)::date + 10
                -- A register that is filled in month by month, or once, begins whenever its first row does.
                or everything.base is not null
            )
        ), 0
    )::bigint                                                       as denominator_last_year,
    if(
        denominator_last_year is null, null, sum(everything.numerator) filter (is_last_year)
    )::bigint                                                       as numerator_last_year,
    -- Of what is no rate: the figure is amount over base.
    sum(everything.amount) filter (not is_last_year)                as amount,
    sum(everything.base) filter (not is_last_year)                  as base,
    sum(everything.amount) filter (is_last_year)                    as amount_last_year,
    sum(everything.base) filter (is_last_year)                      as base_last_year
from everything
inner join reference.indicators as known using (indicator)
left join reach using (family)
inner join reference.definitions as counted
    on
        counted.indicator = everything.indicator
        and counted.definition = everything.definition
        and everything.as_at between counted.holds_from and counted.holds_to
-- Between two months of a stock of a hundred people whoever came, left or changed can be told (T33, domain §13.8).
where
    everything.period_kind <> 'month'
    or known.record_kind is distinct from 'official'
    or counted.basis <> 'state'
group by all
-- What was there last year and is no more has no row of its own.
having count(*) filter (not is_last_year) > 0
