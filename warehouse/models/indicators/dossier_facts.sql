-- Từng hồ sơ: điều quyết định nó được tính thế nào, và điều nguồn nói, để biết về sau cái gì đã thay đổi.
with pauses as (
    select
        record_key,
        list({'started_at': started_at, 'ended_at': ended_at} order by started_at, task_id) as source_pauses
    from core.pause_requests
    group by record_key
),

aside as (
    select distinct record_key
    from quarantine.records
    where system = 'portal' and resource = 'dossiers'
)

select
    intake.record_key,
    intake.dossier_code,
    coalesce(intake.unit_code, '?')                             as unit_code,
    intake.applicant_group,
    aside.record_key is not null                                as is_aside,
    coalesce(intake.status_code, 0) not in (1, 3)               as is_counted,
    intake.accepted_at::date                                    as accepted_on,
    if(intake.status_code in (7, 8, 9, 10), intake.completed_at::date, null) as ended_on,
    coalesce(intake.status_code in (9, 10), false)              as is_settled,
    if(clock.is_ended and not clock.is_unclear, clock.lateness, null)                   as lateness,
    clock.due_on_effective,
    intake.due_on_statutory,
    coalesce(clock.is_paused, false)                            as is_paused,
    clock.classification,
    md5(concat_ws(
        chr(31), intake.unit_code_source, dossier.applicant_kind, dossier.is_organization,
        -- Handing over what is done changes nothing; while work goes on neither does its step.
        if(intake.status_code in (9, 10), 'xong', if(intake.status_code in (2, 4, 5, 6), 'dang', intake.status_name)),
        intake.accepted_at, dossier.first_appointment_at, intake.limit_unit, intake.limit_amount_text,
        dossier.unreadable_dates,
        -- The national copy may tell the promise on a later night; without it nothing stands here.
        if(promise.is_told, promise.due_on_promised, null)
    ))                                                          as source_facts,
    intake.completed_at                                         as source_end,
    coalesce(pauses.source_pauses, [])                          as source_pauses
from core.dossier_intake as intake
inner join staging.portal__dossiers as dossier using (record_key)
left join core.dossier_clock as clock using (record_key)
left join core.dossier_promises as promise using (record_key)
left join aside using (record_key)
left join pauses using (record_key)
