-- Mọi hồ sơ nguồn gửi sang, quy về từ ngữ chung; tại đây hồ sơ không đọc được hoặc mâu thuẫn bị tách riêng.
with pauses as (
    select
        record_key,
        bool_or(ended_at < started_at)  as has_negative_pause,
        bool_or(is_unreadable)          as has_unreadable_pause
    from core.pause_requests
    group by record_key
),

statuses as (
    select
        spelling.status_name,
        status.status_code,
        status.outcome,
        status.holds_from,
        status.holds_to
    from (select distinct status_name from staging.portal__dossiers) as spelling
    inner join reference.dossier_status_names as status
        on status.folded_name = fold(spelling.status_name)
),

applicants as (
    select
        spelling.applicant_kind,
        applicant.applicant_group,
        applicant.holds_from,
        applicant.holds_to
    from (select distinct applicant_kind from staging.portal__dossiers) as spelling
    inner join reference.applicant_groups as applicant
        on applicant.folded_value = fold_ascii(spelling.applicant_kind)
),

channels as (
    select
        spelling.apply_method,
        channel.channel,
        channel.holds_from,
        channel.holds_to
    from (select distinct apply_method from staging.portal__dossiers) as spelling
    inner join reference.channels as channel on channel.folded_value = fold_ascii(spelling.apply_method)
)

select
    dossier.record_key,
    dossier.content_hash,
    dossier.first_seen_at,
    dossier.dossier_code,
    dossier.status_name,
    statuses.status_code,
    statuses.outcome,
    dossier.agency_code                                         as unit_code_source,
    coalesce(by_id.unit_code, by_code.unit_code)                as unit_code,
    dossier.procedure_code,
    dossier.sector_code,
    case
        when coalesce(trim(dossier.applicant_kind), '') <> ''
            then coalesce(applicants.applicant_group, 'chua_xac_dinh')
        when dossier.is_organization then 'to_chuc'
        else 'ca_nhan'
    end                                                         as applicant_group,
    coalesce(channels.channel, 'truc_tiep')                     as channel,
    dossier.limit_unit,
    dossier.limit_amount,
    dossier.limit_amount_text,
    dossier.applied_at,
    dossier.accepted_at,
    dossier.completed_at,
    dossier.returned_at,
    coalesce(dossier.first_appointment_at, statutory.due_on_statutory)      as due_on_original,
    dossier.first_appointment_seen_at                           as appointment_seen_at,
    coalesce(dossier.current_appointment_at, dossier.first_appointment_at)  as due_on_current,
    statutory.due_on_statutory,
    dossier.unreadable,
    dossier.unreadable_dates,
    coalesce(pauses.has_negative_pause, false)                  as has_negative_pause,
    coalesce(pauses.has_unreadable_pause, false)                as has_unreadable_pause
from staging.portal__dossiers as dossier
cross join reference.closing as closing
-- As the source meant the name when the dossier ended; of one that runs, today.
left join statuses
    on
        statuses.status_name = dossier.status_name
        and coalesce(dossier.completed_at::date, closing.closing_date) between statuses.holds_from and statuses.holds_to
left join applicants
    on
        applicants.applicant_kind = dossier.applicant_kind
        and coalesce(dossier.accepted_at, dossier.applied_at, timestamp '9999-12-31')::date
        between applicants.holds_from and applicants.holds_to
left join channels
    on
        channels.apply_method = dossier.apply_method
        and coalesce(dossier.accepted_at, dossier.applied_at, timestamp '9999-12-31')::date
        between channels.holds_from and channels.holds_to
left join core.statutory_dues as statutory using (record_key)
left join pauses using (record_key)
left join staging.portal__agencies as by_id on dossier.agency_id = by_id.agency_id
left join core.units as by_code on by_code.unit_code = organ_code(dossier.agency_code)
