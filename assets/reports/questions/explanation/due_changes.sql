-- Only where the calendar or a list moved it; the newest publication first.
select
    closing_date,
    due_on_effective_before,
    due_on_effective_after
from marts.due_date_change
where dossier_code = $code
order by closing_date desc
