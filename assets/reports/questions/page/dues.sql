-- What is due or overdue, one line for each step; the most pressing of it stands for it.
select
    kind,
    step,
    is_overdue,
    count(*)                                        as actions,
    min(due_on)                                     as first_due_on,
    arg_min(unit_name, (due_on, record_key))        as unit_name,
    arg_min(responsible_post, (due_on, record_key)) as responsible_post,
    arg_min(record_key, (due_on, record_key))       as record_key
from marts.due_action
group by all
order by is_overdue desc, first_due_on asc, kind asc, step asc
