-- Bản ghi của các chỉ tiêu ngoài MT1 nay được xét khác bản công bố trước, trong những ngày bản đó đã chốt.
with compared as (
    select *
    from indicators.compared_publication
    where closing_date_before in (select closing_date from ledger.published_records)
),

paired as (
    select
        indicator,
        definition,
        basis,
        on_date,
        record_key,
        earlier.unit_code      as unit_before,
        later.unit_code       as unit_after,
        earlier.record_key     as key_before,
        later.record_key      as key_after
    from (
        select records.*
        from ledger.published_records as records
        inner join compared on records.closing_date = compared.closing_date_before
        -- A stock of the closing date itself is compared with nothing once the day has passed.
        where records.basis = 'flow' or records.on_date in (select as_at from core.periods)
    ) as earlier
    full join (
        select records.*
        from indicators.records as records
        inner join compared on records.on_date <= compared.closing_date_before
    ) as later using (indicator, definition, basis, on_date, record_key)
    where earlier.outcome is distinct from later.outcome or earlier.unit_code is distinct from later.unit_code
)

select
    paired.* exclude (key_before, key_after),
    case
        when not compared.has_other_news and compared.is_new_definition then 'new_definition'
        when not compared.has_other_news and compared.is_new_calendar then 'new_calendar'
        when key_before is null then 'late_record'
        when key_after is null then 'withdrawn'
        else 'correction'
    end as cause
from paired
cross join compared
