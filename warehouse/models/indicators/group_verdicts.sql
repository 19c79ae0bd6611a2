-- Kết luận xấu nhất trong các nhóm người nộp của một chỉ tiêu chung, và nhóm nào: mức giao tính cho từng nhóm (P-02).
-- A whole is no better than the indicators of its groups, by whichever reading.
with wholes as (
    select distinct
        whole.indicator,
        whole.family
    from reference.indicators as whole
    inner join reference.indicators as part on part.family = whole.family and part.applicant_group <> 'all'
    where whole.applicant_group = 'all'
),

groups as (
    select
        judged.definition,
        judged.reading,
        judged.unit_code,
        judged.period_calendar,
        judged.period_kind,
        judged.period_start,
        judged.indicator,
        wholes.indicator as whole,
        judged.own_verdict,
        verdict.severity,
        max(verdict.severity) over (
            partition by
                whole,
                judged.definition,
                judged.reading,
                judged.unit_code,
                judged.period_calendar,
                judged.period_kind,
                judged.period_start
        ) as worst_severity
    from indicators.judged as judged
    inner join reference.verdicts as verdict on verdict.label = judged.own_verdict
    inner join reference.indicators as known on known.indicator = judged.indicator
    inner join wholes on wholes.family = known.family
    where judged.applicant_group <> 'chua_xac_dinh'
)

select
    whole as indicator,
    definition,
    reading,
    unit_code,
    period_calendar,
    period_kind,
    period_start,
    min(own_verdict)                                                                        as worst_verdict,
    string_agg(distinct indicator, ', ' order by indicator) filter (where indicator <> whole) as worst_groups
from groups
where severity = worst_severity
group by all
