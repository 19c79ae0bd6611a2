-- Chỉ tiêu ngoài MT1 đọc khác: từng bản ghi đã xét của cách đọc chính, với kết quả theo cách đọc kia.
with own as (
    select record.*
    from indicators.records as record
    inner join core.headline_period as period
        on
            record.on_date <= period.as_at
            and (record.basis = 'flow' or record.on_date = period.as_at)
    where record.indicator in ('MT2b', 'MT3', 'MT3.1', 'MT4b', 'MT5')
),

-- The axis and its registers may not have been read to the end; what nobody could see stays undetermined.
sent as (
    select
        delivery.reading,
        delivery.unit_code,
        delivery.issued_on as on_date,
        if(
            delivery.outcome <> 'excluded' and unread.indicator is not null
            and (unread.read_on is null or delivery.issued_on > unread.read_on),
            'undetermined', delivery.outcome
        ) as outcome
    from indicators.reading_deliveries as delivery
    left join core.unread_indicators as unread on unread.indicator = 'MT2b' and unread.definition = 'PAIR'
    union all
    select
        way.reading,
        own.unit_code,
        own.on_date,
        own.outcome
    from own
    cross join (select distinct reading from indicators.reading_deliveries) as way
    where own.indicator = 'MT2b' and own.definition = 'PAIR' and own.record_kind = 'secret_document'
),

late_in_working_days as (
    select distinct
        late.record_key
    from own as late
    inner join core.headline_period as period on late.on_date >= period.period_start
    where late.indicator = 'MT3.1' and late.definition = 'WD' and late.outcome = 'failed'
),

rated as (
    select
        rating.unit_code,
        rating.on_date,
        rating.outcome,
        rating.outcome in ('met', 'failed')                         as is_decided,
        rating.outcome = 'met' or excellent.outcome = 'met'         as is_good_or_better,
        rating.outcome = 'met' and excellent.outcome <> 'met'       as is_exactly_good
    from own as rating
    inner join own as excellent
        on
            excellent.indicator = 'MT4b'
            and excellent.definition = 'XS'
            and excellent.record_key = rating.record_key
            and excellent.on_date = rating.on_date
    where rating.indicator = 'MT4b' and rating.definition = 'STD'
),

-- The rooms of the other list (P-11), inspected by the same rules.
on_other_lists as (
    select
        reading.reading,
        inspected.unit_code,
        inspected.on_date,
        case
            when unread.indicator is not null and unread.read_on is null then 'undetermined'
            when inspected.is_met then 'met'
            when inspected.reason_code = 'SO_MAU_THUAN' then 'undetermined'
            else 'failed'
        end as outcome
    from indicators.inspected_units as inspected
    inner join core.headline_period as period on inspected.on_date = period.as_at
    inner join reference.readings as reading
        on
            reading.indicator = 'MT5'
            and reading.parameter = 'P-11'
            and reading.value = inspected.list
            and inspected.on_date between reading.holds_from and reading.holds_to
    left join core.unread_indicators as unread on unread.indicator = 'MT5' and unread.definition = 'STD'
    where inspected.definition = 'STD'
),

visited_by_province as (
    select distinct visit.unit_key
    from core.inspections as visit
    inner join core.headline_period as period
        on visit.concluded_on between period.period_start and period.as_at
    where not visit.is_own and visit.is_visit and visit.differing_columns is null
)

select 'MT2b' as indicator, reading, unit_code, on_date, outcome
from sent
union all
select
    'MT3', 'NGAY_LAM_VIEC', unit_code, on_date,
    if(
        outcome in ('met', 'undetermined') and record_key in (select late.record_key from late_in_working_days as late),
        'failed', outcome
    )
from own
where indicator = 'MT3' and definition = 'STD'
union all
select
    'MT4b', 'DUNG_TOT', unit_code, on_date,
    if(is_decided, if(is_exactly_good, 'met', 'failed'), outcome)
from rated
union all
select
    'MT4b', 'TOT_TRO_LEN', unit_code, on_date,
    if(is_decided, if(is_good_or_better, 'met', 'failed'), outcome)
from rated
union all
select
    'MT5', 'DOAN_TINH', unit_code, on_date,
    if(
        record_key in (select visit.unit_key from visited_by_province as visit)
        or fold_ascii(record_key) in (select visit.unit_key from visited_by_province as visit),
        'met', outcome
    )
from own
where indicator = 'MT5' and definition = 'STD'
union all
select
    'MT5', reading, unit_code, on_date, outcome
from on_other_lists
