select
    rule,
    message,
    advice,
    first_seen_at,
    last_seen_at
from core.dossier_rejections
where dossier_code = $code
order by rule
