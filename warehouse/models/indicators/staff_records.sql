-- MT4a, MT4b không còn nhận ra ai: số thứ tự xáo lại theo từng ngày đo, lý do của nhóm dưới 5 người được gộp (T33).
with judged as (
    select * from indicators.title_standards
    union all by name
    select * exclude (category, is_decided) from indicators.year_end_ratings
    union all by name
    select
        indicator,
        definition,
        on_date,
        person,
        outcome,
        case outcome when 'failed' then reason_code when 'undetermined' then 'SO_THIEU_SO_LIEU' end as reason_code,
        case outcome when 'failed' then words when 'undetermined' then unknown end                  as reason
    from indicators.register_measurements
    where person is not null
),

counted as (
    select
        *,
        count(*) filter (where outcome in ('met', 'failed')) over people    as decided,
        count(*) filter (where outcome <> 'excluded') over people           as people,
        -- The pseudonym is keyed, so nobody without the key can walk this order back.
        dense_rank() over (
            partition by indicator, on_date
            order by md5(concat_ws('|', indicator, on_date, person)), person
        )                                                                   as place
    from judged
    window people as (partition by indicator, definition, on_date)
),

-- With fewer than five decided, the share would speak of persons: the question stays open instead.
cloaked as (
    select
        * replace (
            if(decided < 5 and outcome <> 'excluded', 'undetermined', outcome)      as outcome,
            if(decided < 5 and outcome <> 'excluded', 'NHOM_NHO', reason_code)      as reason_code
        )
    from counted
    where people >= 5
),

alike as (
    select
        *,
        outcome <> 'met' and (
            reason_code = 'NHOM_NHO'
            or count(*) over (partition by indicator, definition, on_date, outcome, reason_code) < 5
        ) as is_hidden
    from cloaked
)

select
    indicator,
    definition,
    '?'                                                                     as unit_code,
    'state'                                                                 as basis,
    on_date,
    'official'                                                              as record_kind,
    'CBCC-' || format('{:03d}', place)                                      as record_key,
    outcome,
    if(is_hidden, 'NHOM_NHO', reason_code)                                  as reason_code,
    if(is_hidden, 'Nhiều tiêu chí hoặc nhóm dưới 5 người', reason)          as reason,
    null::integer                                                           as days_late
from alike
