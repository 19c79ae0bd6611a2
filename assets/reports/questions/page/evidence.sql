-- What evidence was to be had in the whole year and what was seen of it, and its worst month.
with months as (
    select
        *,
        array_position(['none', 'told_by_register', 'widens', 'undetermined'], consequence) as gravity
    from marts.evidence_coverage
)

select
    subject_label,
    sum(expected)::bigint                       as expected,
    sum(seen)::bigint                           as seen,
    sum(seen) / nullif(sum(expected), 0)        as share,
    arg_max(consequence_label, gravity)         as consequence
from months
group by subject_label
order by max(gravity) desc, subject_label
