-- Bản ghi đang tách riêng, đếm theo quy tắc bị vi phạm; một bản ghi vi phạm hai quy tắc đứng ở hai dòng.
select
    rule,
    system,
    resource,
    count(distinct record_key)  as records,
    min(first_seen_at)          as first_seen_at,
    max(first_seen_at)          as last_seen_at,
    any_value(advice)           as advice
from quarantine.records
group by rule, system, resource
