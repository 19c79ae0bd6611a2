-- What is due on each day and not done, kinds and numbers in words.
select
    due_on,
    is_overdue,
    sum(actions)::bigint                                as actions,
    string_agg(kind || ': ' || actions, '; ' order by kind) as words
from (
    select
        due_on,
        is_overdue,
        kind,
        count(*) as actions
    from marts.due_action
    group by all
) as counted
group by due_on, is_overdue
order by due_on
