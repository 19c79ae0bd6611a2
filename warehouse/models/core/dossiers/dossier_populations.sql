-- Chỉ tiêu hồ sơ nào tính nhóm người nộp nào: nhóm của riêng nó, hoặc mọi nhóm.
select
    known.indicator,
    applicants.applicant_group
from reference.indicators as known
inner join (
    select distinct applicant_group
    from reference.applicant_groups
    union
    select 'chua_xac_dinh'
) as applicants on known.applicant_group in ('all', applicants.applicant_group)
where
    known.record_kind = 'dossier'
    -- Counted from the dossiers by data, each by its own conditions.
    and known.indicator not in (select indicator from reference.register_indicators)
