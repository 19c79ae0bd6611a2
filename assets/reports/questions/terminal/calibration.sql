select
    unit_code,
    pause_state,
    due_mark,
    dossiers,
    share,
    settled,
    in_time,
    in_time_if_added,
    in_time_if_not_added,
    in_time_at_latest,
    examples
from marts.appointment_calibration
order by unit_code = 'VP' desc, unit_code asc, pause_state asc, due_mark asc nulls first
