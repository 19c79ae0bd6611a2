-- Mỗi điều kiện khai báo của mỗi chỉ tiêu cho từng dòng sổ: đúng, sai, hoặc không rõ vì sổ thiếu giá trị.
-- Three values, as in SQL: a term that meets an empty cell says nothing, which an `and` may still refuse.
with terms as (
    select
        rule.register_name,
        term.*
    from reference.indicator_conditions as term
    inner join reference.register_indicators as rule using (indicator, definition, holds_from, holds_to)
),

given as (
    select
        terms.* exclude (constants, register_name),
        entry.record_key,
        nullif(trim(entry.facts ->> terms.column_name), '')     as said,
        if(
            terms.other_column is null,
            terms.constants,
            [nullif(trim(entry.facts ->> terms.other_column), '')]
        )                                                       as others
    from terms
    inner join staging.countable_rows as entry using (register_name)
),

tested as (
    select
        *,
        -- A moment is held against a day by its day.
        list_transform(
            others, lambda other: compared(if(kind = 'moment' and other_column is null, 'date', kind), said, other)
        )                                                       as signs,
        case
            when comparison = 'is null' then said is null
            when comparison = 'is not null' then said is not null
            when signs[1] is null then null
            when comparison = '=' then signs[1] = 0
            when comparison = '<>' then signs[1] <> 0
            when comparison = '<' then signs[1] < 0
            when comparison = '<=' then signs[1] <= 0
            when comparison = '>' then signs[1] > 0
            when comparison = '>=' then signs[1] >= 0
            when comparison = 'in' then list_contains(signs, 0)
            when comparison = 'not in' then not list_contains(signs, 0)
        end                                                     as truth
    from given
),

together as (
    select
        indicator,
        definition,
        holds_from,
        holds_to,
        role,
        alternative,
        record_key,
        case
            when count(*) filter (where not truth) > 0 then false
            when count(truth) = count(*) then true
        end as truth
    from tested
    group by all
)

select
    indicator,
    definition,
    holds_from,
    holds_to,
    role,
    record_key,
    case
        when count(*) filter (where truth) > 0 then true
        when count(truth) = count(*) then false
    end as truth
from together
group by all
