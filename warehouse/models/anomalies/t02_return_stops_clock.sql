-- T02: trả lại, cho rút hoặc dừng hồ sơ đúng ngày hẹn, rồi nhận lại cùng người cùng thủ tục.
with limits as (
    select
        max(value) filter (where name = 'around_due_days')  as around_due_days,
        max(value) filter (where name = 'resubmitted_days') as resubmitted_days
    from reference.trap_thresholds
    where trap = 'T02'
),

returned as (
    select
        dossier.record_key,
        dossier.dossier_code,
        dossier.unit_code,
        dossier.procedure_code,
        dossier.status_name,
        dossier.due_on_original,
        dossier.completed_at,
        dossier.first_seen_at,
        staged.applicant_pseudonym
    from core.dossier_intake as dossier
    inner join staging.portal__dossiers as staged using (record_key)
    where dossier.status_code in (7, 8) and dossier.completed_at is not null
),

again as (
    select
        returned.record_key,
        min(later.accepted_at)                              as accepted_again_at,
        arg_min(later.record_key, (later.accepted_at, later.record_key)) as again_key,
        max(later.first_seen_at)                            as first_seen_at
    from returned
    inner join staging.portal__dossiers as later
        on
            later.applicant_pseudonym = returned.applicant_pseudonym
            and later.procedure_code = returned.procedure_code
            and later.record_key <> returned.record_key
    cross join limits
    where
        later.accepted_at > returned.completed_at
        and later.accepted_at::date <= returned.completed_at::date + limits.resubmitted_days::integer
    group by returned.record_key
)

select
    'T02'                       as trap,
    'tra_sat_han'               as signal,
    'dossier'                   as record_kind,
    returned.dossier_code       as record_key,
    returned.unit_code,
    returned.completed_at::date as occurred_on,
    json_object(
        'trang_thai', returned.status_name, 'ket_thuc', returned.completed_at, 'hen_ban_dau', returned.due_on_original
    )                           as evidence,
    'Hồ sơ ' || returned.dossier_code || ': ' || lower(returned.status_name) || ' ngày '
    || strftime(returned.completed_at, '%d/%m/%Y')
    || ', đúng ngày hẹn trả '
    || strftime(returned.due_on_original, '%d/%m/%Y')
        as sentence,
    returned.first_seen_at
from returned, limits
where
    abs(returned.completed_at::date - returned.due_on_original::date) <= limits.around_due_days
    and returned.status_name is not null
union all
select
    'T02',
    'nop_lai',
    'dossier',
    returned.dossier_code,
    returned.unit_code,
    returned.completed_at::date,
    json_object(
        'trang_thai', returned.status_name, 'ket_thuc', returned.completed_at, 'nhan_lai', again.accepted_again_at,
        'ho_so_moi', nullif(again.again_key, '')
    ),
    'Hồ sơ '
    || returned.dossier_code
    || ' kết thúc không có kết quả ngày '
    || strftime(returned.completed_at, '%d/%m/%Y')
    || ', cùng người cùng thủ tục được nhận lại ngày ' || strftime(again.accepted_again_at, '%d/%m/%Y'),
    greatest(returned.first_seen_at, again.first_seen_at)
from returned
inner join again using (record_key)
