-- Bản ghi đang tách riêng, đếm theo quy tắc bị vi phạm; một bản ghi vi phạm hai quy tắc đứng ở hai dòng.
select
    aside.rule,
    aside.system,
    aside.resource,
    count(distinct aside.record_key)                                    as records,
    min(coalesce(history.first_set_aside_at, aside.first_seen_at))      as first_seen_at,
    max(coalesce(history.last_set_aside_at, aside.first_seen_at))       as last_seen_at,
    any_value(aside.advice)                                             as advice,
    any_value(aside.message)                                            as message,
    any_value(aside.rule_version)                                       as rule_version
from quarantine.records as aside
left join quarantine.history as history
    on
        history.checked_table = aside.checked_table
        and history.record_key = aside.record_key
        and history.rule = aside.rule
        and history.released_at is null
group by aside.rule, aside.system, aside.resource
