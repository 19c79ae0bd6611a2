-- Kết luận của từng chỉ tiêu theo mỗi cách đọc bảo vệ được: số liệu, kết luận, ai đọc thế, theo tham số và căn cứ nào.
-- The headline's target and its rules judge every reading; what cannot be counted says why instead of vanishing.
with judged as (
    select
        reading.*,
        objective.position                                              as objective_position,
        judged.numerator,
        judged.denominator,
        judged.quarantined,
        judged.actual,
        judged.lower_bound,
        judged.upper_bound,
        judged.operator,
        judged.target::double                                           as target,
        judged.period_end,
        coalesce(binding.verdict, judged.own_verdict, 'Chưa có số liệu') as verdict,
        nullif(concat_ws(
            '; ',
            case
                when reading.missing is not null then reading.missing
                when judged.own_verdict is null
                    then 'Không có bản ghi nào để đọc cùng: ' || array_to_string(reading.definitions, ', ')
                else coalesce(binding.reason, judged.own_reason)
            end
        ), '')                                                          as reason
    from indicators.readings as reading
    inner join reference.objectives as objective using (indicator, objective_year)
    left join indicators.judged as judged using (indicator, reading)
    left join indicators.binding_verdicts as binding using (indicator, reading)
),

-- Met or not is what a conclusion says; a warning is met. Where either says neither, nothing is kept or lost.
compared as (
    select
        *,
        case
            when verdict in ('Đạt', 'Cảnh báo') then 'met'
            when verdict in ('Chưa đạt', 'Chưa đủ căn cứ') then verdict
        end                                                             as conclusion,
        any_value(conclusion) filter (where is_headline) over (partition by indicator) as headline_conclusion
    from judged
)

select
    objective_position,
    indicator,
    position,
    reading,
    is_headline,
    label,
    numerator,
    denominator,
    quarantined,
    actual,
    lower_bound,
    upper_bound,
    operator,
    target,
    verdict,
    reason,
    -- Null where there is no conclusion to compare.
    conclusion = headline_conclusion                                    as is_kept,
    used_by,
    parameter,
    value,
    citation,
    counted_unit                                                        as unit_code,
    counted_from,
    least(period_end, as_at)                                            as counted_to
from compared
where is_told
order by objective_position, position
