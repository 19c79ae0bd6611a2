-- Dòng sổ thuộc diện xét của mỗi chỉ tiêu khai báo bằng dữ liệu: ngày, đơn vị, trị số, các điều kiện và lý do.
with known as (
    select
        indicator,
        definition,
        holds_from,
        record_key,
        bool_or(truth) filter (where role = 'filter')       as is_in,
        bool_or(truth) filter (where role = 'numerator')    as has_succeeded,
        bool_or(truth) filter (where role = 'denominator')  as is_counted
    from indicators.condition_results
    group by all
),

-- The first reason whose condition holds, or that has none.
reasons as (
    select
        reason.indicator,
        reason.definition,
        reason.holds_from,
        entry.record_key,
        arg_min(reason.reason_code, reason.position)    as reason_code,
        arg_min(reason.words, reason.position)          as words
    from reference.indicator_reasons as reason
    inner join reference.register_indicators as rule using (indicator, definition, holds_from, holds_to)
    inner join staging.countable_rows as entry using (register_name)
    left join indicators.condition_results as result using (indicator, definition, holds_from, role, record_key)
    where reason.is_always or result.truth
    group by all
),

said as (
    select
        rule.*,
        entry.record_key,
        entry.facts,
        local_date(entry.facts ->> rule.period_column)                      as period_on,
        local_date(entry.facts ->> rule.until_column)                       as until_on,
        entry.facts ->> 'differing_columns'                                 as contradicted,
        entry.facts ->> 'person'                                            as person,
        local_date(entry.facts ->> rule.from_column)                        as since_on,
        local_date(entry.facts ->> rule.to_column)                          as done_on,
        try_cast(entry.facts ->> rule.amount_column as decimal(18, 6))      as told_amount,
        try_cast(entry.facts ->> rule.out_of_column as decimal(18, 6))      as told_out_of
    from reference.register_indicators as rule
    inner join staging.countable_rows as entry using (register_name)
    where
        rule.measure <> 'milestone'
        or local_date(entry.facts ->> rule.period_column) between rule.holds_from and rule.holds_to
)

select
    said.* exclude (facts, since_on, done_on, told_amount, told_out_of, filter, numerator, denominator),
    coalesce(
        name.unit_code, if(said.register_name = 'dossiers', said.facts ->> said.unit_column, null), '?'
    )                                                                       as unit_code,
    -- Working days after the one day up to the other, as the official calendar counts them.
    if(
        said.from_column is null, said.told_amount, done_day.working_day_index - since_day.working_day_index
    )::decimal(18, 6)                                                       as amount,
    said.told_out_of                                                        as out_of,
    if(said.numerator is null, true, known.has_succeeded)                   as has_succeeded,
    if(said.denominator is null, true, known.is_counted)                    as is_counted,
    reasons.reason_code,
    reasons.words
from said
left join known using (indicator, definition, holds_from, record_key)
left join reasons using (indicator, definition, holds_from, record_key)
left join core.office_unit_names as name on name.folded_name = fold_ascii(said.facts ->> said.unit_column)
left join reference.calendar as since_day on since_day.day = said.since_on
left join reference.calendar as done_day on done_day.day = said.done_on
where said.filter is null or known.is_in
