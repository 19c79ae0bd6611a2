-- Every form that is not closed, the overdue first.
select
    code,
    source,
    description,
    coalesce(responsible_unit_name, unit_name, unit_code)   as unit_name,
    responsible_post,
    cause_label,
    corrective_action,
    state,
    next_due_on,
    is_overdue,
    recurs_of
from marts.nonconformity
where state <> 'Đã đóng'
order by is_overdue desc, next_due_on asc, code asc
