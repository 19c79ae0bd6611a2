-- T12: hồ sơ thiếu mã thủ tục, hoặc mã không có trong danh mục nào; mã gần đúng chỉ là gợi ý.
with listed as (
    select national_code from staging.portal__procedures
    union
    select national_code from staging.tthc__procedure_list
    union
    select national_procedure_code(record_key) from staging.tthc__procedures
),

-- Each unknown spelling once, however many dossiers carry it.
strange as (
    select
        dossier.procedure_code,
        national_procedure_code(dossier.procedure_code) as national_code
    from (select distinct procedure_code from core.dossier_intake) as dossier
    where
        coalesce(trim(dossier.procedure_code), '') <> ''
        and national_procedure_code(dossier.procedure_code) not in (select national_code from listed)
        and exists (select 1 from listed)
),

suggested as (
    select
        strange.procedure_code,
        arg_max(listed.national_code, jaro_winkler_similarity(listed.national_code, strange.national_code))
            as suggestion,
        max(jaro_winkler_similarity(listed.national_code, strange.national_code)) as similarity
    from strange, listed
    group by strange.procedure_code
)

select
    'T12'                                                               as trap,
    if(suggested.procedure_code is null, 'thieu_ma', 'ma_ngoai_danh_muc') as signal,
    'dossier'                                                           as record_kind,
    dossier.dossier_code                                                as record_key,
    dossier.unit_code,
    coalesce(dossier.accepted_at, dossier.applied_at)::date             as occurred_on,
    json_object(
        'ma_thu_tuc', dossier.procedure_code,
        'goi_y', if(suggested.similarity >= limits.similarity, suggested.suggestion, null)
    )                                                                   as evidence,
    'Hồ sơ ' || dossier.dossier_code || case
        when suggested.procedure_code is null then ' không có mã thủ tục'
        else
            ': mã thủ tục "' || dossier.procedure_code || '" không có trong danh mục'
            || if(suggested.similarity >= limits.similarity, ', gần giống ' || suggested.suggestion, '')
    end                                                                 as sentence,
    dossier.first_seen_at
from core.dossier_intake as dossier
left join suggested using (procedure_code)
cross join (
    select value as similarity from reference.trap_thresholds
    where trap = 'T12' and name = 'similarity'
) as limits
where suggested.procedure_code is not null or coalesce(trim(dossier.procedure_code), '') = ''
