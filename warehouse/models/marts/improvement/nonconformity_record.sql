-- Bản ghi chưa đạt nào thuộc phiếu không phù hợp nào, theo mục tiêu và kỳ; một bản ghi có thể thuộc cả quý và năm.
select
    found.code,
    found.cause_code,
    record.indicator,
    record.unit_code,
    record.record_kind,
    record.record_key,
    record.occurred_on,
    record.reason_code
from core.nonconformities as found
inner join marts.failing_record as record on record.indicator = found.indicator
inner join reference.definitions as definition
    on
        definition.indicator = record.indicator
        and definition.definition = record.definition
        and found.opened_on between definition.holds_from and definition.holds_to
where
    found.period_kind is not null
    -- A stock is that of its closing date; what happened belongs to its period.
    and if(
        definition.basis = 'state',
        record.occurred_on = found.opened_on,
        record.occurred_on between found.period_start and found.opened_on
    )
order by found.code, record.record_kind, record.record_key
