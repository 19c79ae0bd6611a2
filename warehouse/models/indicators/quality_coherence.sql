-- Chất lượng của từng chỉ tiêu, phần nhất quán: các cặp nguồn nói về cùng bản ghi khớp nhau bao nhiêu trong năm.
with subjects as (
    select
        reconciliation.subject,
        reconciliation.subject_label,
        sum(reconciliation.matched)                                 as matched,
        sum(
            reconciliation.matched + reconciliation.only_left + reconciliation.only_right + reconciliation.conflicting
        )                                                           as told
    from marts.reconciliation as reconciliation
    cross join reference.closing as closing
    where year(reconciliation.period_start) = year(closing.closing_date)
    group by reconciliation.subject, reconciliation.subject_label
),

compared as (
    select distinct
        known.indicator,
        subjects.*
    from reference.indicators as known
    inner join reference.reconciliation_tolerances as tolerance on tolerance.family = known.family
    inner join subjects using (subject)
    where subjects.told > 0
)

select
    indicator,
    'coherence'                 as heading,
    'matched_between_sources'   as measure,
    min(matched / told)         as value,
    string_agg(
        format('{}: {} trên {} khớp giữa hai nguồn', subject_label, matched::bigint, told::bigint), '; '
        order by subject_label
    ) || '.'                    as words
from compared
group by indicator
