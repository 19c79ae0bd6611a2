-- T08: hồ sơ nộp trực tuyến chờ tiếp nhận quá lâu, nên đồng hồ chạy muộn.
select
    'T08'                           as trap,
    'cham_tiep_nhan'                as signal,
    'dossier'                       as record_kind,
    dossier.dossier_code            as record_key,
    dossier.unit_code,
    dossier.accepted_at::date       as occurred_on,
    json_object(
        'nop_luc', dossier.applied_at, 'tiep_nhan_luc', dossier.accepted_at,
        'ngay_lam_viec', accepted.working_day_index - applied.working_day_index
    )                               as evidence,
    'Hồ sơ ' || dossier.dossier_code || ': nộp trực tuyến lúc ' || strftime(dossier.applied_at, '%H:%M %d/%m/%Y')
    || ', ' || (accepted.working_day_index - applied.working_day_index) || ' ngày làm việc sau mới tiếp nhận'
        as sentence,
    dossier.first_seen_at
from core.dossier_intake as dossier
inner join reference.calendar as applied on applied.day = dossier.applied_at::date
inner join reference.calendar as accepted on accepted.day = dossier.accepted_at::date
where
    dossier.channel = 'truc_tuyen'
    and accepted.working_day_index - applied.working_day_index > (
        select value from reference.trap_thresholds
        where trap = 'T08' and name = 'working_days'
    )
