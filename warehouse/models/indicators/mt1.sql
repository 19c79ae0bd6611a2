-- MT1: tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn, mọi đối tượng; hồ sơ chưa rõ đối tượng có dòng riêng.
select
    'MT1'                       as indicator,
    definition,
    unit_code,
    'all'                       as applicant_group,
    basis,
    on_date,
    until_date,
    sum(numerator)::bigint      as numerator,
    sum(denominator)::bigint    as denominator,
    sum(excluded)::bigint       as excluded,
    sum(early)::bigint          as early,
    sum(on_time)::bigint        as on_time,
    sum(quarantined)::bigint    as quarantined,
    sum(doubtful)::bigint       as doubtful
from core.dossier_measures
group by all
union all
select
    'MT1',
    definition,
    unit_code,
    applicant_group,
    basis,
    on_date,
    until_date,
    numerator,
    denominator,
    excluded,
    early,
    on_time,
    quarantined,
    doubtful
from core.dossier_measures
where applicant_group = 'chua_xac_dinh'
