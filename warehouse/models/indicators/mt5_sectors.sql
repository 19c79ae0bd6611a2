-- MT5 theo lĩnh vực TTHC: phòng, đơn vị của danh mục phụ trách lĩnh vực, và bao nhiêu đã được kiểm tra.
-- A room with several fields stands under each of them; the inspection is of the room.
with fields as (
    select
        day.on_date,
        fold_ascii(coalesce(named.unit_code, listed.unit))  as unit_key,
        fold_ascii(listed.field)                            as folded_field,
        listed.field
    from core.measuring_days as day
    inner join staging.registers__inspection_units as listed
        on
            listed.approved_on between day.year_start and day.on_date
            and coalesce(listed.added_on, listed.approved_on) <= day.on_date
    left join core.office_unit_names as named on named.folded_name = fold_ascii(listed.unit)
    where filled(listed.field)
),

judged as (
    select
        record.on_date,
        record.record_key,
        coalesce(field.folded_field, '')    as folded_field,
        min(field.field)                    as field,
        any_value(record.outcome)           as outcome
    from indicators.mt5 as record
    left join fields as field
        on field.on_date = record.on_date and field.unit_key = fold_ascii(record.record_key)
    where record.definition = 'STD'
    group by record.on_date, record.record_key, folded_field
)

select
    'MT5'                                                       as indicator,
    'STD'                                                       as definition,
    'VP'                                                        as unit_code,
    coalesce(min(judged.field), 'Chưa xác định lĩnh vực')       as sector_name,
    period.period_calendar,
    period.period_kind,
    period.period_start,
    period.period_end,
    count(*) filter (where judged.outcome = 'met')              as numerator,
    count(*) filter (where judged.outcome in ('met', 'failed')) as denominator,
    count(*) filter (where judged.outcome = 'undetermined')     as quarantined,
    null::bigint                                                as early,
    null::bigint                                                as on_time
from judged
inner join core.periods as period on judged.on_date = period.as_at
group by
    judged.folded_field, period.period_calendar, period.period_kind, period.period_start, period.period_end
