-- Mục tiêu "xong trước ngày …" khai báo bằng dữ liệu: mỗi đơn vị phải làm một dòng, đạt khi sổ có dòng đủ điều kiện.
-- one row per judged record
with of_rooms as (
    select indicator
    from reference.targets
    where scope = 'rooms'
),

expected as (
    select
        rule.*,
        day.on_date,
        day.objective_year,
        '?'                 as unit_code,
        rule.indicator      as thing
    from reference.register_indicators as rule
    inner join core.measuring_days as day on day.on_date between rule.holds_from and rule.holds_to
    where
        rule.measure = 'milestone'
        and rule.indicator not in (select indicator from of_rooms)
    union all
    select
        rule.*,
        room.on_date,
        room.objective_year,
        room.unit_code,
        room.unit_name      as thing
    from reference.register_indicators as rule
    inner join core.office_unit_days as room on room.on_date between rule.holds_from and rule.holds_to
    where
        rule.measure = 'milestone'
        and rule.indicator in (select indicator from of_rooms)
),

reached as (
    select
        expected.* exclude (unit_code),
        expected.unit_code,
        strptime(expected.objective_year || '-' || expected.deadline, '%Y-%m-%d')::date as due_on,
        min(entry.period_on) filter (where entry.has_succeeded and entry.is_counted)    as reached_on
    from expected
    left join indicators.register_entries as entry
        on
            entry.indicator = expected.indicator
            and entry.definition = expected.definition
            and year(entry.period_on) = expected.objective_year
            and entry.period_on <= expected.on_date
            and (expected.unit_code = '?' or entry.unit_code = expected.unit_code)
    group by all
)

select
    indicator,
    definition,
    unit_code,
    'state'                                         as basis,
    on_date,
    record_kind,
    thing                                           as record_key,
    if(reached_on <= due_on, 'met', 'failed')       as outcome,
    if(reached_on <= due_on, null, 'QUA_MOC')       as reason_code,
    case
        when reached_on <= due_on then null
        when reached_on is null
            then 'Đến ' || strftime(on_date, '%d/%m/%Y') || ' chưa có, mốc ' || strftime(due_on, '%d/%m/%Y')
        else 'Xong ngày ' || strftime(reached_on, '%d/%m/%Y') || ', mốc ' || strftime(due_on, '%d/%m/%Y')
    end                                             as reason,
    greatest(0, coalesce(reached_on, on_date) - due_on)::integer as days_late,
    if(reached_on <= due_on, 1, 0)::decimal(24, 6)  as part,
    1::decimal(24, 6)                               as whole
from reached
