-- T13: tiếp nhận hồ sơ của thủ tục đã bị bãi bỏ.
with decisions as (
    select
        decision.record_key                                                 as decision_id,
        decision.decision_number,
        coalesce(decision.published_on, local_day(decision.first_seen_at))  as on_date
    from staging.tthc__decisions as decision
    inner join reference.announcing_agencies as agency on agency.folded_name = fold_ascii(decision.agency_name)
),

codes as (
    select
        internal_id,
        national_procedure_code(arg_max(procedure_code, (first_seen_at, procedure_code))) as national_code
    from staging.tthc__public_procedure_versions
    group by internal_id
),

changes as (
    select
        codes.national_code,
        max(decisions.on_date) filter (where change.change_kind = 'rescinded')  as rescinded_on,
        arg_max(decisions.decision_number, decisions.on_date)
        filter (where change.change_kind = 'rescinded')                         as decision_number,
        max(decisions.on_date) filter (where change.change_kind <> 'rescinded') as announced_on
    from staging.tthc__decision_procedures as change
    inner join decisions using (decision_id)
    inner join codes using (internal_id)
    group by codes.national_code
)

select
    'T13'                           as trap,
    'da_bai_bo'                     as signal,
    'dossier'                       as record_kind,
    dossier.dossier_code            as record_key,
    dossier.unit_code,
    dossier.accepted_at::date       as occurred_on,
    json_object(
        'ma_thu_tuc', dossier.procedure_code, 'quyet_dinh', changes.decision_number, 'bai_bo', changes.rescinded_on
    )                               as evidence,
    'Hồ sơ ' || dossier.dossier_code || ': tiếp nhận ngày ' || strftime(dossier.accepted_at, '%d/%m/%Y')
    || ' cho thủ tục ' || dossier.procedure_code || ' đã bãi bỏ theo Quyết định '
    || coalesce(changes.decision_number, '(không rõ số)') || ' ngày ' || strftime(changes.rescinded_on, '%d/%m/%Y')
        as sentence,
    dossier.first_seen_at
from core.dossier_intake as dossier
inner join changes on changes.national_code = national_procedure_code(dossier.procedure_code)
where
    dossier.accepted_at::date > changes.rescinded_on + (
        select value::integer from reference.trap_thresholds
        where trap = 'T13' and name = 'grace_days'
    )
    -- Announced anew after it was rescinded, it lives.
    and coalesce(changes.announced_on <= changes.rescinded_on, true)
