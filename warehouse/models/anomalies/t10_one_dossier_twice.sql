-- T10: một hồ sơ hai lần: một mã mang hai định danh của nguồn, hoặc một lần nộp mang hai mã.
with sources as (
    select
        record_key,
        count(distinct dossier_id)  as ids,
        max(first_seen_at)          as first_seen_at
    from staging.portal__dossier_versions
    group by record_key
    having count(distinct dossier_id) > 1
),

twins as (
    select
        min(dossier_code)                   as dossier_code,
        max(dossier_code)                   as other_code,
        applied_at,
        max(first_seen_at)                  as first_seen_at
    from staging.portal__dossiers
    where applicant_pseudonym is not null and procedure_code is not null and applied_at is not null
    group by applicant_pseudonym, procedure_code, applied_at
    having count(distinct dossier_code) > 1
)

select
    'T10'                       as trap,
    'hai_nguon'                 as signal,
    'dossier'                   as record_kind,
    dossier.dossier_code        as record_key,
    dossier.unit_code,
    dossier.accepted_at::date   as occurred_on,
    json_object('so_dinh_danh', sources.ids) as evidence,
    'Mã hồ sơ ' || dossier.dossier_code || ' mang ' || sources.ids || ' định danh khác nhau của nguồn' as sentence,
    sources.first_seen_at
from sources
inner join core.dossier_intake as dossier using (record_key)
union all
select
    'T10',
    'trung_noi_dung',
    'dossier',
    twins.other_code,
    dossier.unit_code,
    twins.applied_at::date,
    json_object('ho_so_kia', twins.dossier_code, 'nop_luc', twins.applied_at),
    'Hồ sơ ' || twins.other_code || ' và ' || twins.dossier_code || ': cùng người, cùng thủ tục, cùng giờ nộp '
    || strftime(twins.applied_at, '%H:%M %d/%m/%Y'),
    twins.first_seen_at
from twins
inner join core.dossier_intake as dossier on dossier.dossier_code = twins.other_code
