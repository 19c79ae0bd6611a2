select
    pause.pause_kind,
    pause.ordinal,
    pause.started_at,
    pause.ended_at,
    pause.extends_due,
    pause.working_days,
    pause.working_minutes,
    ruling.refusal
from core.dossier_pauses as pause
inner join core.pause_rulings as ruling using (record_key, pause_kind, ordinal)
where pause.dossier_code = $code
order by pause.started_at, pause.ordinal
