-- The published clock of a dossier that was accepted, with its working days by the official calendar; a day off counts
-- as the last worked.
select
    told.applicant_group,
    told.accepted_at,
    told.due_on_original,
    told.due_on_effective,
    told.due_on_current,
    told.due_on_statutory,
    told.due_on_promised,
    told.due_on_latest,
    told.due_mark,
    told.extension,
    told.paused_working_days,
    told.finished_at,
    told.classification,
    told.classification_label,
    told.days_late,
    told.rule,
    clock.is_ended,
    clock.is_paused,
    clock.ended_on,
    clock.lateness,
    clock.status_code in (7, 8)     as is_stopped,
    stock.record_key is not null    as is_open_at_year_end,
    promised.working_day_index      as promised_index,
    due.working_day_index           as due_index,
    until.working_day_index         as until_index
from marts.dossier_clock as told
inner join core.dossier_clock as clock using (dossier_code)
left join core.open_dossiers as stock
    on stock.record_key = clock.record_key and stock.as_at = (select as_at from core.headline_period)
left join reference.calendar as promised on promised.day = told.due_on_promised::date
left join reference.calendar as due on due.day = told.due_on_effective::date
left join reference.calendar as until on until.day = coalesce(clock.ended_on, clock.closing_date)
where told.dossier_code = $code and clock.is_counted
