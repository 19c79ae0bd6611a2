-- Một hồ sơ thêm bao nhiêu vào tử số, mẫu số, phần loại trừ của từng định nghĩa MT1, theo việc đã xảy ra với hồ sơ.
-- `ended` within the period; `received` within it; `open` at the mark before it (opening) and at its end (closing).
with returns as (
    -- Returned, withdrawn and stopped dossiers stay out of R1 unless the Office decides otherwise (P-04).
    select
        (value ->> '$') = 'tinh_vao_R1' as is_counted,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'P-04'
),

-- The definitions of reference/definitions.csv. A column that an event does not have is NULL.
weights (
    definition, basis, event, is_settled, is_in_time, is_overdue, is_supplemented_twice, if_returns_count,
    numerator, denominator, excluded
) as (
    values
    ('R1', 'flow', 'ended', true, true, null, null, null, 1, 1, 0),
    ('R1', 'flow', 'ended', true, false, null, null, null, 0, 1, 0),
    ('R1', 'flow', 'ended', false, true, null, null, true, 1, 1, 0),
    ('R1', 'flow', 'ended', false, false, null, null, true, 0, 1, 0),
    ('R1', 'flow', 'ended', false, true, null, null, false, 0, 0, 1),
    ('R1', 'flow', 'ended', false, false, null, null, false, 0, 0, 1),
    ('R1s', 'flow', 'ended', true, true, null, null, null, 1, 1, 0),
    ('R1s', 'flow', 'ended', true, false, null, null, null, 0, 1, 0),
    ('R1s', 'flow', 'ended', false, true, null, null, null, 1, 1, 0),
    ('R1s', 'flow', 'ended', false, false, null, null, null, 0, 1, 0),
    ('R2', 'flow', 'ended', true, true, null, null, null, 1, 0, 0),
    ('R2', 'flow', 'ended', true, false, null, null, null, 0, 0, 0),
    ('R2', 'flow', 'ended', false, true, null, null, null, 1, 0, 0),
    ('R2', 'flow', 'ended', false, false, null, null, null, 0, 0, 0),
    ('R2', 'flow', 'received', null, null, null, null, null, 0, 1, 0),
    ('R2', 'opening', 'open', null, null, false, false, null, 0, 1, 0),
    ('R2', 'opening', 'open', null, null, true, false, null, 0, 1, 0),
    ('R2', 'opening', 'open', null, null, false, true, null, 0, 1, 0),
    ('R2', 'closing', 'open', null, null, false, false, null, 1, 0, 0),
    ('R2', 'closing', 'open', null, null, true, false, null, 0, 0, 0),
    ('R2', 'closing', 'open', null, null, false, true, null, 0, 0, 0),
    ('R3', 'flow', 'ended', true, true, null, null, null, 1, 1, 0),
    ('R3', 'flow', 'ended', true, false, null, null, null, 0, 1, 0),
    ('R3', 'flow', 'ended', false, true, null, null, null, 0, 0, 1),
    ('R3', 'flow', 'ended', false, false, null, null, null, 0, 1, 0),
    ('R3', 'closing', 'open', null, null, false, false, null, 0, 0, 0),
    ('R3', 'closing', 'open', null, null, true, false, null, 0, 1, 0),
    ('R3', 'closing', 'open', null, null, false, true, null, 0, 1, 0),
    -- The share of what is overdue among what is open: here the numerator is no merit.
    ('B', 'closing', 'open', null, null, false, false, null, 0, 1, 0),
    ('B', 'closing', 'open', null, null, true, false, null, 1, 1, 0),
    ('B', 'closing', 'open', null, null, false, true, null, 0, 1, 0)
),

chosen as (
    select
        weights.* exclude (if_returns_count),
        returns.holds_from,
        returns.holds_to
    from weights
    cross join returns
    where weights.if_returns_count is null or weights.if_returns_count = returns.is_counted
)

-- `quarantined`: what it would weigh in the denominator if somebody could tell whether its appointment contains the
-- pause (contract §5, decision 139); where the denominator is what came in (R2) it stays in doubt.
-- `if_in_time`: what a late dossier would add to the numerator were it in time; of B it takes one away. A dossier that
-- would leave the denominator raises a rate too, by less than one met.
select
    weight.* exclude (denominator),
    clarity.is_unclear,
    if(clarity.is_unclear, 0, weight.denominator)   as denominator,
    weight.denominator - if(clarity.is_unclear, 0, weight.denominator) as quarantined,
    if(
        clarity.is_unclear and weight.denominator > 0, 0,
        coalesce(other.numerator - weight.numerator + greatest(weight.denominator - other.denominator, 0), 0)
    )                                               as if_in_time
from chosen as weight
inner join (values (false), (true)) as clarity (is_unclear)
    on not clarity.is_unclear or (weight.event = 'ended' and not weight.is_in_time)
left join chosen as other
    on
        other.definition = weight.definition
        and other.basis = weight.basis
        and other.holds_from = weight.holds_from
        and other.event = weight.event
        and other.is_settled is not distinct from weight.is_settled
        and (other.is_in_time or not (other.is_overdue or other.is_supplemented_twice))
        and (not weight.is_in_time or weight.is_overdue)
