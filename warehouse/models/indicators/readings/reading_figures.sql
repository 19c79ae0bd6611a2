-- Tử số, mẫu số của từng cách đọc: lấy từ số liệu đã tính, tính lại, hoặc chỉ từ ngày Quyết định có hiệu lực.
-- Every row stands under the headline's unit, so that the headline's target binds it.
with published as (
    select
        reading.indicator,
        reading.reading,
        reading.definition,
        reading.unit_code,
        reading.applicant_group,
        figure.period_calendar,
        figure.period_kind,
        figure.period_start,
        figure.period_end,
        figure.as_at,
        sum(figure.numerator)::bigint   as numerator,
        sum(figure.denominator)::bigint as denominator,
        sum(figure.excluded)::bigint    as excluded,
        sum(figure.quarantined)::bigint as quarantined,
        sum(figure.doubtful)::bigint    as doubtful,
        -- Of what is no rate, which is read in one way only.
        sum(figure.amount)              as amount,
        sum(figure.base)                as base
    from indicators.readings as reading
    inner join indicators.figures as figure
        on
            figure.indicator = reading.indicator
            and figure.unit_code = reading.counted_unit
            and figure.applicant_group = reading.applicant_group
            and figure.period_calendar = reading.period_calendar
            and list_contains(reading.definitions, figure.definition)
            -- A report year begins in the December before.
            and year(figure.period_start + 31) = reading.objective_year
    where reading.counted = 'figures' and figure.period_kind = 'year_to_date'
    group by all
    -- Two added up are known where both are.
    having
        len(any_value(reading.definitions)) = 1
        or min(figure.denominator + figure.excluded + figure.quarantined) > 0
),

-- What was counted anew, with the records that nobody could take, which stay as they are.
parts as (
    select * from indicators.reading_dossiers
    union all by name
    select
        indicator,
        reading,
        unit_code,
        on_date,
        on_date                                                 as until_date,
        count(*) filter (where outcome = 'met')                 as numerator,
        count(*) filter (where outcome in ('met', 'failed'))    as denominator,
        count(*) filter (where outcome = 'excluded')            as excluded,
        count(*) filter (where outcome = 'undetermined')        as quarantined,
        0                                                       as doubtful
    from indicators.reading_records
    group by all
    union all by name
    select
        reading.indicator,
        reading.reading,
        measure.unit_code,
        measure.on_date,
        coalesce(measure.until_date, measure.on_date)           as until_date,
        measure.numerator,
        measure.denominator,
        measure.excluded,
        measure.quarantined,
        coalesce(measure.doubtful, 0)                           as doubtful
    from indicators.readings as reading
    inner join indicators.measures as measure using (indicator, definition, applicant_group)
    where
        (reading.counted in ('dossiers', 'records') and measure.basis = 'window')
        or (reading.counted = 'since_decision' and measure.basis in ('flow', 'window'))
),

counted as (
    select
        reading.indicator,
        reading.reading,
        sum(part.numerator)     as numerator,
        sum(part.denominator)   as denominator,
        sum(part.excluded)      as excluded,
        sum(part.quarantined)   as quarantined,
        sum(part.doubtful)      as doubtful
    from indicators.readings as reading
    inner join core.scope_spans as scope
        on scope.scope_code = reading.unit_code and reading.as_at between scope.holds_from and scope.holds_to
    inner join parts as part
        on
            part.indicator = reading.indicator
            and part.reading = reading.reading
            and part.unit_code = scope.unit_code
    where part.on_date <= reading.as_at and part.until_date >= reading.counted_from
    group by all
),

anew as (
    select
        reading.indicator,
        reading.reading,
        reading.definition,
        reading.unit_code,
        reading.applicant_group,
        reading.period_calendar,
        'year_to_date'                              as period_kind,
        reading.period_start,
        period.period_end,
        reading.as_at,
        coalesce(counted.numerator, 0)::bigint      as numerator,
        coalesce(counted.denominator, 0)::bigint    as denominator,
        coalesce(counted.excluded, 0)::bigint       as excluded,
        coalesce(counted.quarantined, 0)::bigint    as quarantined,
        coalesce(counted.doubtful, 0)::bigint       as doubtful
    from indicators.readings as reading
    inner join core.headline_period as period using (period_start)
    left join counted using (indicator, reading)
    where reading.counted in ('dossiers', 'records', 'since_decision')
)

select
    everything.*,
    null::bigint as denominator_last_year,
    null::bigint as numerator_last_year
from (
    select * from published
    union all by name
    select * from anew
) as everything
