-- Hồ sơ TTHC của hệ thống một cửa: phiên bản mới nhất tính đến ngày chốt, đã đọc đúng kiểu; chữ gốc giữ cạnh bên.
-- Read three times, by its keys and then twice joined to them: kept in memory it would be kept with its payloads.
with known as not materialized (
    select version.*
    from raw.portal__dossiers as version, reference.closing as closing
    where version.first_seen_at < closing.known_until
),

newest as (
    select
        record_key,
        max(version)    as version,
        count(*)        as versions
    from known
    group by record_key
),

-- The promise on the receipt slip is the first date ever observed; later ones are re-appointments (domain §2.7).
-- Only a dossier with a history has to be read more than once.
promises as (
    select
        known.record_key,
        known.version,
        known.first_seen_at,
        nullif(known.payload ->> '$.appointmentDate', '')   as appointment,
        -- A version whose payload did not match its hash may have held the first promise.
        known.payload = '{"unreadable":"payload"}'          as is_damaged
    from known
    inner join newest using (record_key)
    where newest.versions > 1
),

first_promises as (
    select
        record_key,
        arg_min(appointment, version) filter (where appointment is not null)    as appointment,
        arg_min(first_seen_at, version) filter (where appointment is not null)  as first_seen_at,
        bool_or(is_damaged)                                                     as has_damaged
    from promises
    group by record_key
),

observed as (
    select
        known.record_key,
        known.content_hash,
        known.first_seen_at,
        first_promises.appointment as first_promise,
        first_promises.has_damaged,
        -- When we first held an appointment in our hands, by the clock on the wall.
        timezone('UTC', coalesce(first_promises.first_seen_at, known.first_seen_at))
        + interval 7 hour as promise_seen_at,
        from_json(known.payload, '{
            "id": "VARCHAR", "code": "VARCHAR", "unreadable": "VARCHAR",
            "dossierStatus": {"id": "VARCHAR", "name": "VARCHAR"}, "dossierTaskStatus": {"name": "VARCHAR"},
            "procedure": {"code": "VARCHAR", "nationCode": "VARCHAR", "sector": {"code": "VARCHAR"}},
            "procedureProcessDefinition": {"processDefinition": {
                "processingTime": "VARCHAR", "processingTimeUnit": "VARCHAR"}},
            "processingTime": "VARCHAR", "processingTimeUnit": "VARCHAR",
            "agency": {"id": "VARCHAR", "code": "VARCHAR"},
            "appliedDate": "VARCHAR", "acceptedDate": "VARCHAR", "appointmentDate": "VARCHAR",
            "completedDate": "VARCHAR", "returnedDate": "VARCHAR", "updatedDate": "VARCHAR",
            "applyMethod": {"id": "VARCHAR", "name": "VARCHAR"},
            "applicant": {
                "pseudonym": "VARCHAR", "chonDoiTuong": "VARCHAR", "organization": "VARCHAR"},
            "task": [{
                "id": "VARCHAR", "isCurrent": "VARCHAR",
                "createdDate": "VARCHAR", "updatedDate": "VARCHAR",
                "bpmProcessDefinitionTask": {"name": "VARCHAR"}}],
            "currentTask": [{
                "id": "VARCHAR", "isCurrent": "VARCHAR",
                "createdDate": "VARCHAR", "updatedDate": "VARCHAR",
                "bpmProcessDefinitionTask": {"name": "VARCHAR"}}]
        }') as item
    from known
    inner join newest using (record_key, version)
    cross join reference.closing as closing
    left join first_promises using (record_key)
    where known.withdrawn_at is null or known.withdrawn_at >= closing.known_until
),

-- One model of item has the limit beside the process, another at the top (protocols E.3).
limits as (
    select
        observed.*,
        coalesce(
            item.procedureProcessDefinition.processDefinition.processingTime, item.processingTime
        ) as limit_amount,
        coalesce(
            item.procedureProcessDefinition.processDefinition.processingTimeUnit, item.processingTimeUnit
        ) as limit_unit
    from observed
    where not coalesce(is_removed(item.dossierStatus.id), false)
)

select
    record_key,
    content_hash,
    first_seen_at,
    nullif(item.code, '')                                                   as dossier_code,
    item.id                                                                 as dossier_id,
    coalesce(item.unreadable, if(limits.has_damaged, 'payload', null))      as unreadable,
    coalesce(
        nullif(display_name(item.dossierTaskStatus.name), ''),
        display_name(item.dossierStatus.name)
    )                                                                       as status_name,
    item.agency.id                                                          as agency_id,
    item.agency.code                                                        as agency_code,
    coalesce(nullif(item.procedure.nationCode, ''), item.procedure.code)    as procedure_code,
    item.procedure.sector.code                                              as sector_code,
    trim(limits.limit_amount)                                               as limit_amount_text,
    lower(trim(limits.limit_unit))                                          as limit_unit,
    try_cast(limits.limit_amount as double)                                 as limit_amount,
    item.applicant.pseudonym                                                as applicant_pseudonym,
    item.applicant.chonDoiTuong                                             as applicant_kind,
    item.applicant.organization = 'true'                                    as is_organization,
    coalesce(display_name(item.applyMethod.name), item.applyMethod.id)      as apply_method,
    local_timestamp(item.appliedDate)                                       as applied_at,
    local_timestamp(item.acceptedDate)                                      as accepted_at,
    local_timestamp(coalesce(first_promise, item.appointmentDate))          as first_appointment_at,
    promise_seen_at                                                         as first_appointment_seen_at,
    local_timestamp(item.appointmentDate)                                   as current_appointment_at,
    local_timestamp(item.completedDate)                                     as completed_at,
    local_timestamp(item.returnedDate)                                      as returned_at,
    local_timestamp(item.updatedDate)                                       as updated_at,
    nullif(concat_ws(
        ', ',
        unreadable('appliedDate', item.appliedDate),
        unreadable('acceptedDate', item.acceptedDate),
        unreadable('appointmentDate', item.appointmentDate),
        unreadable('completedDate', item.completedDate)
    ), '')                                                                  as unreadable_dates,
    -- The current step may stand beside the list of steps instead of in it.
    list_concat(
        coalesce(item.task, []),
        list_transform(
            list_filter(
                coalesce(item.currentTask, []),
                lambda step: not list_contains(list_transform(coalesce(item.task, []), lambda task: task.id), step.id)
            ),
            lambda step: struct_update(step, isCurrent := coalesce(step.isCurrent, 'true'))
        )
    )                                                                       as tasks
from limits
