-- The months in which two systems say different things, those that cost most first.
select
    subject_label,
    period_start,
    left_count,
    right_count,
    difference,
    verdict,
    sentence
from marts.reconciliation
where only_left + only_right + conflicting > 0
order by
    array_position(['block', 'lower_verdict', 'note', 'none'], consequence) asc,
    difference desc nulls last,
    period_start desc,
    subject_label asc
