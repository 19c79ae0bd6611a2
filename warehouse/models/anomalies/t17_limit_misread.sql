-- T17: thời hạn khác thường so với các hồ sơ cùng thủ tục: nhầm ngày với ngày làm việc, hoặc gấp nhiều lần.
with limits as (
    select
        max(value) filter (where name = 'others')   as others,
        max(value) filter (where name = 'share')    as share,
        max(value) filter (where name = 'times')    as times
    from reference.trap_thresholds
    where trap = 'T17'
),

usual as (
    select
        dossier.procedure_code,
        mode(dossier.limit_unit)                as limit_unit,
        mode(dossier.limit_amount)              as limit_amount,
        count(*)                                as dossiers
    from core.dossier_intake as dossier
    where dossier.limit_unit <> '' and dossier.limit_amount > 0
    group by dossier.procedure_code
),

steady as (
    select
        usual.*
    from usual
    inner join core.dossier_intake as dossier using (procedure_code)
    cross join limits
    where usual.dossiers > limits.others
    group by all
    having
        -- One code may stand for variants with limits of their own: then no limit is the usual one.
        count(*) filter (
            where dossier.limit_unit = usual.limit_unit and dossier.limit_amount = usual.limit_amount
        ) >= any_value(limits.share) * any_value(usual.dossiers)
),

signs as (
    select
        dossier.*,
        steady.limit_unit                       as usual_unit,
        steady.limit_amount                     as usual_amount,
        case
            when dossier.limit_unit <> steady.limit_unit then 'khac_don_vi'
            when
                dossier.limit_amount >= steady.limit_amount * limits.times
                or dossier.limit_amount * limits.times <= steady.limit_amount
                then 'khac_xa'
        end                                     as signal
    from core.dossier_intake as dossier
    inner join steady using (procedure_code)
    cross join limits
    where dossier.limit_unit <> '' and dossier.limit_amount > 0
)

select
    'T17'                           as trap,
    signal,
    'dossier'                       as record_kind,
    dossier_code                    as record_key,
    unit_code,
    accepted_at::date               as occurred_on,
    json_object(
        'thoi_han', limit_amount, 'don_vi', limit_unit, 'thuong_la', usual_amount, 'don_vi_thuong', usual_unit
    )                               as evidence,
    format(
        'Hồ sơ {}: thời hạn {}, hồ sơ cùng thủ tục thường là {}',
        dossier_code, limit_words(limit_amount, limit_unit), limit_words(usual_amount, usual_unit)
    )                               as sentence,
    first_seen_at
from signs
where signal is not null
