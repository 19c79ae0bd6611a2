-- MT1b: tỷ lệ hồ sơ giải quyết trước hạn và đúng hạn đối với hộ gia đình, cá nhân.
select
    'MT1b'                      as indicator,
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
where applicant_group = 'ca_nhan'
