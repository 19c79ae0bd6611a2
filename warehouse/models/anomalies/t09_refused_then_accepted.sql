-- T09: bị từ chối tiếp nhận rồi cùng người cùng thủ tục lại được nhận: một việc hai mã.
select
    'T09'                           as trap,
    'nhan_lai'                      as signal,
    'dossier'                       as record_kind,
    refused.dossier_code            as record_key,
    intake.unit_code,
    refused.applied_at::date        as occurred_on,
    json_object(
        'nop_lan_dau', refused.applied_at, 'nhan_lai', min(later.accepted_at),
        'ho_so_moi', arg_min(later.dossier_code, (later.accepted_at, later.record_key))
    )                               as evidence,
    'Hồ sơ ' || refused.dossier_code || ' bị từ chối tiếp nhận; cùng người cùng thủ tục được nhận ngày '
    || strftime(min(later.accepted_at), '%d/%m/%Y') || ' với mã khác' as sentence,
    greatest(refused.first_seen_at, min(later.first_seen_at)) as first_seen_at
from staging.portal__dossiers as refused
inner join core.dossier_intake as intake on intake.record_key = refused.record_key
inner join staging.portal__dossiers as later
    on
        later.applicant_pseudonym = refused.applicant_pseudonym
        and later.procedure_code = refused.procedure_code
        and later.record_key <> refused.record_key
where
    intake.status_code = 3
    and later.accepted_at > refused.applied_at
    and later.accepted_at::date <= refused.applied_at::date + (
        select value::integer from reference.trap_thresholds
        where trap = 'T09' and name = 'days'
    )
group by refused.dossier_code, intake.unit_code, refused.applied_at, refused.first_seen_at
