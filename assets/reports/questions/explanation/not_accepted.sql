-- Of a dossier that was not accepted, or not yet, there is no more to tell.
select
    told.classification,
    told.classification_label,
    told.rule
from marts.dossier_clock as told
inner join core.dossier_clock as clock using (dossier_code)
where told.dossier_code = $code and not clock.is_counted
