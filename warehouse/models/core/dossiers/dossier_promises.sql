-- Lời hứa được tính của từng hồ sơ: ngày hẹn thấy lần đầu, hoặc hạn sớm hơn khi không còn biết lời hứa ban đầu.
-- Appointments are rewritten on supplements and near the due date: one that was first seen before either is the slip's.
-- Otherwise the earlier of the statutory due date and the first seen one counts (domain §2.7, §13.2).
with first_pauses as (
    select
        record_key,
        min(started_at) as first_asked_at
    from core.pause_requests
    group by record_key
),

compared as (
    select
        dossier.*,
        coalesce(dossier.appointment_seen_at < pause.first_asked_at, true) as is_seen_before_pauses,
        -- Limits in hours and of one day are over before a nightly reading can see anything.
        dossier.appointment_seen_at::date
        <= greatest(dossier.due_on_statutory::date, dossier.accepted_at::date + 1) as is_seen_in_time,
        limit_mark(dossier.due_on_original, dossier.limit_unit)
        > limit_mark(dossier.due_on_statutory, dossier.limit_unit) as is_beyond_statutory,
        copy.appointment_before_supplements
    from core.dossiers as dossier
    left join first_pauses as pause using (record_key)
    left join staging.tthc__dossier_copies as copy using (record_key)
    where dossier.due_on_original is not null
)

select
    record_key,
    limit_unit,
    -- By the office hours of this day its limit was promised.
    coalesce(accepted_at, due_on_original)::date as accepted_on,
    due_on_original,
    due_on_current,
    due_on_statutory,
    appointment_seen_at,
    is_seen_before_pauses,
    coalesce(is_beyond_statutory, false) as is_beyond_statutory,
    appointment_before_supplements is not null as is_told,
    -- The national exchange keeps the date before each supplement: where it is read, nothing has to be inferred.
    not is_told and coalesce(
        is_beyond_statutory and not (is_seen_before_pauses and is_seen_in_time), false
    ) as is_inferred,
    coalesce(
        appointment_before_supplements, if(is_inferred, due_on_statutory, due_on_original)
    ) as due_on_promised
from compared
