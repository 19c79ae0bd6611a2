-- T03: ngày kết thúc ghi lùi: sớm hơn lần cuối chính hệ thống này còn thấy hồ sơ chưa xong.
with open_versions as (
    select
        record_key,
        max(seen_at) as open_at
    from staging.portal__dossier_versions
    where completed_at is null
    group by record_key
),

entered as (
    select
        dossier.dossier_code,
        dossier.unit_code,
        dossier.completed_at,
        open_versions.open_at,
        dossier.first_seen_at
    from open_versions
    inner join core.dossier_intake as dossier using (record_key)
    where dossier.completed_at < open_versions.open_at
)

select
    'T03'                       as trap,
    'ghi_lui'                   as signal,
    'dossier'                   as record_kind,
    entered.dossier_code        as record_key,
    entered.unit_code,
    entered.completed_at::date  as occurred_on,
    json_object('ket_thuc', entered.completed_at, 'con_mo_luc', entered.open_at) as evidence,
    'Hồ sơ ' || entered.dossier_code || ': ghi kết thúc ngày ' || strftime(entered.completed_at, '%d/%m/%Y')
    || ' nhưng lúc đọc ngày ' || strftime(entered.open_at, '%d/%m/%Y %H:%M') || ' hồ sơ vẫn chưa xong' as sentence,
    entered.first_seen_at
from entered
inner join reference.calendar as ended on ended.day = entered.completed_at::date
inner join reference.calendar as seen on seen.day = entered.open_at::date
where
    seen.working_day_index - ended.working_day_index > (
        select value from reference.trap_thresholds
        where trap = 'T03' and name = 'working_days'
    )
