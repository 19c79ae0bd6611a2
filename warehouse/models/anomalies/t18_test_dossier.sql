-- T18: hồ sơ thử nghiệm: số thứ tự 0000 hoặc 9999.
select
    'T18'                           as trap,
    'so_thu_nghiem'                 as signal,
    'dossier'                       as record_kind,
    dossier_code                    as record_key,
    unit_code,
    coalesce(accepted_at, applied_at)::date as occurred_on,
    json_object('ma_ho_so', dossier_code) as evidence,
    'Hồ sơ ' || dossier_code || ' mang số thứ tự của hồ sơ thử nghiệm' as sentence,
    first_seen_at
from core.dossier_intake
where regexp_matches(dossier_code, '-(0{4,7}|9{4,7})$')
