-- T16: ngày hẹn chỉ đúng nếu lịch của nguồn không biết nghỉ lễ, hoán đổi, làm bù.
with weekdays as (
    select
        day,
        sum((isodow(day) <= 5)::integer) over (order by day) as weekday_index,
        isodow(day) <= 5                                     as is_weekday
    from reference.calendar
),

promised as (
    select
        dossier.dossier_code,
        dossier.unit_code,
        dossier.accepted_at,
        dossier.due_on_original,
        dossier.due_on_statutory,
        dossier.first_seen_at,
        naive.day as due_on_naive
    from core.dossier_intake as dossier
    inner join weekdays as accepted on accepted.day = dossier.accepted_at::date
    inner join weekdays as naive
        on naive.weekday_index = accepted.weekday_index + dossier.limit_amount and naive.is_weekday
    where dossier.limit_unit = 'd' and dossier.limit_amount = floor(dossier.limit_amount)
)

select
    'T16'                           as trap,
    'lich_khong_nghi'               as signal,
    'dossier'                       as record_kind,
    dossier_code                    as record_key,
    unit_code,
    accepted_at::date               as occurred_on,
    json_object(
        'hen_ban_dau', due_on_original::date, 'han_quy_dinh', due_on_statutory::date, 'han_khong_nghi_le', due_on_naive
    )                               as evidence,
    'Hồ sơ ' || dossier_code || ': hẹn trả ' || strftime(due_on_original, '%d/%m/%Y')
    || ' là hạn của lịch không có nghỉ lễ, hoán đổi; theo lịch chính thức là ' || strftime(due_on_statutory, '%d/%m/%Y')
        as sentence,
    first_seen_at
from promised
where due_on_original::date = due_on_naive and due_on_statutory::date <> due_on_naive
