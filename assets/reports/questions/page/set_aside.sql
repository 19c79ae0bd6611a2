select
    rule,
    system,
    records,
    first_seen_at,
    advice
from marts.quarantine_summary
order by records desc, system asc, resource asc, rule asc
