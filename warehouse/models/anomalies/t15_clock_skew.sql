-- T15: giờ của nguồn sai: mốc đã qua mà lại ở tương lai, hoặc tiếp nhận tại quầy giữa đêm.
with limits as (
    select
        max(value) filter (where name = 'minutes_ahead')    as minutes_ahead,
        max(value) filter (where name = 'night_from')       as night_from,
        max(value) filter (where name = 'night_until')      as night_until
    from reference.trap_thresholds
    where trap = 'T15'
),

marks as (
    select
        dossier_code,
        unit_code,
        channel,
        accepted_at,
        first_seen_at,
        timezone('UTC', first_seen_at) + interval 7 hour        as seen_at,
        greatest(applied_at, accepted_at, completed_at)         as latest_at
    from core.dossier_intake
),

signs as (
    select
        marks.*,
        unnest(list_filter([
            if(marks.latest_at > marks.seen_at + to_minutes(limits.minutes_ahead::integer), 'tuong_lai', ''),
            if(
                marks.channel = 'truc_tiep'
                and (hour(marks.accepted_at) >= limits.night_from or hour(marks.accepted_at) < limits.night_until),
                'gio_dem', ''
            )
        ], lambda sign: sign <> '')) as signal
    from marks, limits
)

select
    'T15'                           as trap,
    signal,
    'dossier'                       as record_kind,
    dossier_code                    as record_key,
    unit_code,
    if(signal = 'tuong_lai', latest_at, accepted_at)::date as occurred_on,
    json_object('moc_gio', if(signal = 'tuong_lai', latest_at, accepted_at), 'doc_luc', seen_at) as evidence,
    'Hồ sơ ' || dossier_code || case signal
        when 'tuong_lai'
            then
                ' có mốc giờ ' || strftime(latest_at, '%H:%M %d/%m/%Y') || ', sau cả lúc đọc '
                || strftime(seen_at, '%H:%M %d/%m/%Y')
        else ': tiếp nhận tại quầy lúc ' || strftime(accepted_at, '%H:%M %d/%m/%Y')
    end                             as sentence,
    first_seen_at
from signs
