-- T04: đóng hồ sơ hàng loạt: cùng phút, đúng nửa đêm, hoặc trùng đến giây với giờ hẹn.
with ended as (
    select
        dossier_code,
        unit_code,
        completed_at,
        due_on_original,
        first_seen_at,
        date_trunc('minute', completed_at) as minute,
        count(*) over (partition by unit_code, date_trunc('minute', completed_at)) as together
    from core.dossier_intake
    where completed_at is not null and status_code in (7, 8, 9, 10)
),

signs as (
    select
        ended.*,
        unnest(list_filter([
            if(ended.together >= limits.same_minute, 'cung_phut', ''),
            if(strftime(ended.completed_at, '%H:%M:%S') = '00:00:00', 'nua_dem', ''),
            if(ended.completed_at = ended.due_on_original, 'trung_gio_hen', '')
        ], lambda sign: sign <> '')) as signal
    from ended
    cross join (
        select value as same_minute from reference.trap_thresholds
        where trap = 'T04' and name = 'same_minute'
    ) as limits
)

select
    'T04'                       as trap,
    signal,
    'dossier'                   as record_kind,
    dossier_code                as record_key,
    unit_code,
    completed_at::date          as occurred_on,
    json_object('ket_thuc', completed_at, 'cung_phut', together, 'hen_ban_dau', due_on_original) as evidence,
    'Hồ sơ ' || dossier_code || case signal
        when 'cung_phut'
            then
                ': kết thúc lúc ' || strftime(completed_at, '%H:%M %d/%m/%Y') || ' cùng phút với '
                || (together - 1) || ' hồ sơ khác của đơn vị'
        when 'nua_dem' then ': kết thúc đúng 00:00:00 ngày ' || strftime(completed_at, '%d/%m/%Y')
        else ': kết thúc trùng đến giây với giờ hẹn trả ' || strftime(due_on_original, '%H:%M:%S %d/%m/%Y')
    end                         as sentence,
    first_seen_at
from signs
