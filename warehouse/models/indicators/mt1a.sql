-- MT1a: tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn đối với tổ chức.
select
    'MT1a'                      as indicator,
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
where applicant_group = 'to_chuc'
