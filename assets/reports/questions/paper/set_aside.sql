select
    rule,
    system,
    resource,
    records,
    first_seen_at,
    last_seen_at,
    advice,
    message,
    rule_version
from marts.quarantine_summary
order by records desc, system asc, resource asc, rule asc
