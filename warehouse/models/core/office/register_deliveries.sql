-- Sổ đã nộp: dòng của đơn vị nào nói về ngày nào, thấy lần đầu lúc nào; sổ chung của Văn phòng mang mã VP.
with rows as (
    select 'documents' as register, null as unit, issued_on as on_date, record_key from staging.registers__documents
    union all
    select 'incoming', null, coalesce(arrived_at::date, issued_on), record_key from staging.registers__incoming
    union all
    select 'secret_counts', null, month, record_key from staging.registers__secret_counts
    union all
    select 'ratings', null, make_date(year, 12, 31), record_key from staging.registers__ratings
    union all
    select 'inspections', null, plan_on, record_key from staging.registers__inspections
    union all
    select 'internal_audits', null, make_date(year, 12, 31), record_key from staging.registers__internal_audits
    union all
    select 'management_reviews', null, reviewed_on, record_key from staging.registers__management_reviews
    union all
    select 'surveys', null, ends_on, record_key from staging.registers__surveys
    union all
    select 'communications', unit, make_date(year, 12, 31), record_key from staging.registers__communications
    union all
    select 'risks', unit, make_date(year, 12, 31), record_key from staging.registers__risks
),

told as (
    select
        rows.register,
        rows.unit,
        rows.on_date,
        seen.first_seen_at
    from rows
    inner join staging.ledger__register_rows as seen using (register, record_key)
    union all
    select
        'objectives',
        unit,
        last_day(make_date(year, 3 * quarter, 1)),
        first_seen_at
    from staging.ledger__objective_results
)

select
    told.register,
    if(told.unit is null, 'VP', coalesce(name.unit_code, '?'))  as unit_code,
    told.on_date,
    local_day(min(told.first_seen_at))                          as delivered_on
from told
left join core.office_unit_names as name on name.folded_name = fold_ascii(told.unit)
where told.on_date is not null
group by all
