select
    -- A rule that this release no longer has keeps no sentence of its own.
    coalesce(message, 'Quy tắc của bản phần mềm trước') as message,
    system,
    records,
    first_seen_at,
    advice
from marts.quarantine_summary
order by records desc, system asc, resource asc, rule asc
