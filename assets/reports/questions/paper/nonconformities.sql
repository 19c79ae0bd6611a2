-- The forms of a period: opened in it, by the product or by a room; `part_of` is the objective whose part failed.
select
    form.code,
    form.indicator,
    known.part_of,
    form.unit_code,
    form.unit_name,
    form.opened_on,
    form.source,
    form.is_still_found,
    form.description,
    form.cause_code,
    form.cause_label,
    form.cause,
    form.correction,
    form.corrective_action,
    form.responsible_unit_name,
    form.responsible_post,
    form.due_on,
    form.done_on,
    form.evidence,
    form.effectiveness,
    form.effectiveness_on,
    form.closed_on,
    form.state,
    form.next_due_on,
    form.is_overdue,
    form.recurs_of
from marts.nonconformity as form
left join reference.indicators as known using (indicator)
where
    form.opened_on between $start and $until
    and (
        $unit is null
        or form.responsible_unit = $unit
        or form.unit_code = $unit
    )
order by form.opened_on, form.code
