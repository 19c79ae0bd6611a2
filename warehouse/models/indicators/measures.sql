-- Đóng góp vào tử số, mẫu số của mọi chỉ tiêu theo ngày và đơn vị, trước khi cộng theo kỳ và phạm vi.
select * from indicators.mt1
union all by name
select * from indicators.mt1a
union all by name
select * from indicators.mt1b
union all by name
select
    indicator,
    definition,
    unit_code,
    'all'                                               as applicant_group,
    if(basis = 'state', 'closing', basis)               as basis,
    on_date,
    -- A row of a register may stand for many cases, so many of which went well.
    coalesce(
        sum(coalesce(part, (outcome = 'met')::integer)) filter (where outcome in ('met', 'failed')), 0
    )::bigint                                           as numerator,
    coalesce(sum(coalesce(whole, 1)) filter (where outcome in ('met', 'failed')), 0)::bigint as denominator,
    count(*) filter (where outcome = 'excluded')        as excluded,
    count(*) filter (where outcome = 'undetermined')    as quarantined
from indicators.records
-- What is no rate does not add up over days and units (indicators.valued_figures).
where (indicator, definition) not in (
    select (indicator, definition) from reference.register_indicators
    where measure not in ('rate', 'milestone')
)
group by all
union all by name
select
    indicator,
    definition,
    '?'         as unit_code,
    'all'       as applicant_group,
    'window'    as basis,
    on_date,
    until_date,
    0           as numerator,
    0           as denominator,
    0           as excluded,
    records     as quarantined
from (
    -- A row of a register that could not be taken may belong to any period.
    select
        indicator,
        definition,
        date '0001-01-01'   as on_date,
        date '9999-12-31'   as until_date,
        rows_wrong          as records
    from core.register_gaps
    union all by name
    -- Nor may a packet that could not be read, or a procedure without a code.
    select
        indicator,
        definition,
        date '0001-01-01'   as on_date,
        date '9999-12-31'   as until_date,
        records
    from core.set_aside_gaps
    union all by name
    -- Nor may a row that does not say its day.
    select
        indicator,
        definition,
        date '0001-01-01'   as on_date,
        date '9999-12-31'   as until_date,
        count(*)            as records
    from indicators.records
    where on_date is null
    group by indicator, definition
    union all by name
    -- Packets that others took before they could be seen may have changed so many.
    select
        indicator,
        definition,
        month_start     as on_date,
        month_end       as until_date,
        records
    from core.evidence_gaps
) as gap
