-- Bản ghi xảy ra nhiều lần trong một kỳ (TTHC trong nhiều quyết định) tính một lần, theo kết quả xấu nhất.
-- One late announcement makes a procedure late for the whole period (domain §5.1). Figures add up days; this is what
-- must be added to the sum so that each record counts once in each period: nought or less.
with repeated as (
    select
        indicator,
        definition,
        unit_code,
        record_key
    from indicators.records
    where basis = 'flow'
    group by all
    having count(*) > 1
),

counted as (
    select
        record.indicator,
        record.definition,
        record.unit_code,
        period.*,
        record.record_key,
        count(*) filter (where record.outcome = 'failed')       as failed,
        count(*) filter (where record.outcome = 'undetermined') as open,
        count(*) filter (where record.outcome = 'met')          as met,
        count(*) filter (where record.outcome = 'excluded')     as excluded
    from repeated
    inner join indicators.records as record using (indicator, definition, unit_code, record_key)
    inner join core.period_spans as period on record.on_date between period.span_start and period.span_as_at
    where record.basis = 'flow'
    group by all
    having count(*) > 1
)

select
    indicator,
    definition,
    unit_code,
    'all'                                                                           as applicant_group,
    period_calendar,
    period_kind,
    period_start,
    period_end,
    as_at,
    is_last_year,
    sum((failed + open = 0 and met > 0)::integer - met)                             as numerator,
    sum((failed > 0 or (open = 0 and met > 0))::integer - failed - met)             as denominator,
    sum((failed + open + met = 0)::integer - excluded)                              as excluded,
    sum((failed = 0 and open > 0)::integer - open)                                  as quarantined
from counted
group by all
