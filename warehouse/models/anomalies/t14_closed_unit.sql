-- T14: tiếp nhận bằng mã của đơn vị đã thôi hoạt động.
with closed as (
    select
        identity.unit_code,
        max(identity.valid_to) as closed_on
    from core.unit_identities as identity
    group by identity.unit_code
    having bool_and(identity.valid_to is not null)
)

select
    'T14'                           as trap,
    'don_vi_cu'                     as signal,
    'dossier'                       as record_kind,
    dossier.dossier_code            as record_key,
    dossier.unit_code,
    dossier.accepted_at::date       as occurred_on,
    json_object('don_vi', dossier.unit_code, 'thoi_hoat_dong_sau', closed.closed_on) as evidence,
    'Hồ sơ ' || dossier.dossier_code || ': tiếp nhận ngày ' || strftime(dossier.accepted_at, '%d/%m/%Y')
    || ' bằng mã ' || dossier.unit_code || ' (' || unit.unit_name || '), đơn vị chỉ hoạt động đến '
    || strftime(closed.closed_on, '%d/%m/%Y') as sentence,
    dossier.first_seen_at
from core.dossier_intake as dossier
inner join closed using (unit_code)
inner join core.units as unit using (unit_code)
where dossier.accepted_at::date > closed.closed_on
