-- Kết quả không phải tỷ lệ (số đếm, tổng, trung bình, trung vị, điểm, thay đổi) theo kỳ và phạm vi: amount trên base.
-- What cannot be added up over units and days is counted here for each of them; `core.register_gaps` join in figures.
with totals as (
    select
        record.indicator,
        record.definition,
        scope.scope_code                                                    as unit_code,
        period.* exclude (span_start, span_as_at, is_over),
        record.measure,
        count(*) filter (where record.outcome = 'met')                      as met,
        count(*) filter (where record.outcome in ('met', 'failed'))         as denominator,
        count(*) filter (where record.outcome = 'excluded')                 as excluded,
        count(*) filter (where record.outcome = 'undetermined')             as quarantined,
        sum(record.part) filter (where record.outcome in ('met', 'failed')) as total,
        sum(record.whole) filter (where record.outcome in ('met', 'failed')) as weight,
        median(record.part) filter (where record.outcome in ('met', 'failed')) as middle
    from indicators.register_measurements as record
    inner join core.period_spans as period
        on if(
            record.basis = 'state', record.on_date = period.span_as_at,
            record.on_date between period.span_start and period.span_as_at
        )
    inner join core.scope_spans as scope
        on scope.unit_code = record.unit_code and period.as_at between scope.holds_from and scope.holds_to
    where record.measure not in ('rate', 'milestone')
    group by all
)

select
    now.* exclude (measure, met, total, weight, middle),
    'all'                                                                   as applicant_group,
    if(now.measure = 'count', now.total::bigint, now.met)                   as numerator,
    0                                                                       as doubtful,
    case now.measure
        when 'median' then now.middle
        when 'change' then now.total - before.total
        else now.total
    end::decimal(24, 6)                                                     as amount,
    case now.measure
        when 'mean' then now.denominator
        when 'score' then now.weight
        when 'change' then before.total
        else 1
    end::decimal(24, 6)                                                     as base
from totals as now
left join totals as before
    on
        before.indicator = now.indicator
        and before.definition = now.definition
        and before.unit_code = now.unit_code
        and before.period_calendar = now.period_calendar
        and before.period_kind = now.period_kind
        and before.period_start = now.period_start
        and before.is_last_year
        and not now.is_last_year
-- Scopes of the whole only where the objective speaks of them, as for every other figure.
cross join reference.closing as closing
where
    now.unit_code not in ('VP', closing.org_code)
    or now.unit_code in (
        select headline.unit_code
        from core.headlines as headline
        where headline.indicator = now.indicator and headline.objective_year = year(now.period_end)
    )
