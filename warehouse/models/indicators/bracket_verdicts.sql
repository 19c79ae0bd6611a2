-- P-21: khi thông tin chỉ đạo, điều hành thuộc MT3 thì kết luận của MT3 không tốt hơn MT3.5a, MT3.5b trong cùng kỳ.
-- Procedures and documents are not counted together: the verdicts bind, as those of groups do (P-02).
with decided as (
    select
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-21' and (value ->> '$') = 'trong_mt3'
),

standing as (
    select
        judged.*,
        verdict.severity,
        max(verdict.severity) over (
            partition by judged.period_calendar, judged.period_kind, judged.period_start
        ) as worst_severity
    from indicators.judged as judged
    inner join decided on judged.as_at between decided.holds_from and decided.holds_to
    inner join core.headlines as headline
        on
            headline.indicator = judged.indicator
            and headline.unit_code = judged.unit_code
            and headline.objective_year = year(judged.period_end)
            and headline.is_headline
    inner join reference.indicators as known on known.indicator = judged.indicator
    inner join reference.verdicts as verdict on verdict.label = judged.own_verdict
    where
        judged.is_headline
        and judged.reading is null
        and (judged.indicator = 'MT3' or known.family = 'MT3.5')
)

select
    'MT3'                                                                       as indicator,
    max(definition) filter (where indicator = 'MT3')                            as definition,
    max(unit_code) filter (where indicator = 'MT3')                             as unit_code,
    period_calendar,
    period_kind,
    period_start,
    min(own_verdict) filter (where severity = worst_severity)                   as worst_verdict,
    string_agg(indicator, ', ' order by indicator) filter (
        where severity = worst_severity and indicator <> 'MT3'
    )                                                                           as worst_parts
from standing
group by period_calendar, period_kind, period_start
having bool_or(indicator = 'MT3' and severity < worst_severity)
