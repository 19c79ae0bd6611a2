-- T11: mã hồ sơ không theo khuôn của tỉnh: tiền tố của bộ, hoặc số thứ tự dài của cổng bộ; từ 2026 năm có bốn chữ số.
select
    'T11'                           as trap,
    'ma_la'                         as signal,
    'dossier'                       as record_kind,
    dossier.dossier_code            as record_key,
    dossier.unit_code,
    coalesce(dossier.accepted_at, dossier.applied_at)::date as occurred_on,
    json_object('ma_ho_so', dossier.dossier_code) as evidence,
    'Mã hồ sơ ' || dossier.dossier_code || ' không theo khuôn mã của tỉnh; có thể là hồ sơ của bộ, đã có mã khác'
        as sentence,
    dossier.first_seen_at
from core.dossier_intake as dossier
where
    not regexp_full_match(
        dossier.dossier_code, '(H\d{2}(\.\d{2,3})*|(\d{2,3}\.)+H\d{2})-(\d{6}-\d{1,5}|20\d{6}-\d{1,7})'
    )
