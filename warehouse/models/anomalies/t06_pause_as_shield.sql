-- T06: yêu cầu bổ sung từ ngày hẹn trở đi, nhiều lần, hoặc tạm dừng quá lâu.
with limits as (
    select
        max(value) filter (where name = 'pause_days')   as pause_days,
        max(value) filter (where name = 'requests')     as requests
    from reference.trap_thresholds
    where trap = 'T06'
),

pauses as (
    select
        record_key,
        count(*)                    as requests,
        max(started_at)             as last_asked_at,
        min(started_at)             as first_asked_at,
        max(date_diff('day', started_at::date, coalesce(ended_at::date, closing.closing_date))) as longest
    from core.pause_requests
    cross join reference.closing as closing
    where pause_kind = 'bo_sung' and started_at is not null
    group by record_key
),

signs as (
    select
        dossier.dossier_code,
        dossier.unit_code,
        -- The date that counts as promised, not one that a supplement has moved already.
        coalesce(dues.due_on_promised, dossier.due_on_original) as promised,
        dossier.first_seen_at,
        pauses.*,
        unnest(list_filter([
            -- A second request is measured against the due date that the first one left.
            if(
                pauses.first_asked_at::date >= promised::date
                or pauses.last_asked_at::date >= coalesce(dues.due_on_effective, promised)::date,
                'sau_han', ''
            ),
            if(pauses.requests >= limits.requests, 'nhieu_lan', ''),
            if(pauses.longest > limits.pause_days, 'qua_lau', '')
        ], lambda sign: sign <> '')) as signal
    from pauses
    inner join core.dossier_intake as dossier using (record_key)
    left join core.dossier_dues as dues using (record_key)
    cross join limits
)

select
    'T06'                       as trap,
    signal,
    'dossier'                   as record_kind,
    dossier_code                as record_key,
    unit_code,
    last_asked_at::date         as occurred_on,
    json_object(
        'yeu_cau_sau_cung', last_asked_at, 'hen_ban_dau', promised, 'so_lan', requests, 'lau_nhat_ngay', longest
    )                           as evidence,
    'Hồ sơ ' || dossier_code || case signal
        when 'sau_han'
            then
                ': yêu cầu bổ sung ngày ' || strftime(last_asked_at, '%d/%m/%Y') || ', không sớm hơn ngày hẹn trả '
                || strftime(promised, '%d/%m/%Y')
        when 'nhieu_lan' then ': đã yêu cầu bổ sung ' || requests || ' lần'
        else ': có lần tạm dừng ' || longest || ' ngày'
    end                         as sentence,
    first_seen_at
from signs
