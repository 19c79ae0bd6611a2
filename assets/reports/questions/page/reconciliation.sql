-- What the two sides of each comparison came to in the whole year, and its worst month.
with months as (
    select
        *,
        array_position(['none', 'note', 'lower_verdict', 'block'], consequence) as gravity
    from marts.reconciliation
)

select
    subject_label,
    sum(left_count)::bigint                             as left_count,
    sum(right_count)::bigint                            as right_count,
    sum(matched)::bigint                                as matched,
    sum(only_left + only_right)::bigint                 as only_one_side,
    sum(conflicting)::bigint                            as conflicting,
    arg_max(verdict, (gravity, verdict <> 'Khớp'))      as verdict
from months
group by subject_label
order by max(gravity) desc, subject_label
