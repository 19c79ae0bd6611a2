-- Hồ sơ tách riêng, đếm theo khoảng thời gian có thể thuộc về: từ ngày tiếp nhận đến ngày kết thúc, nếu đọc được.
select
    coalesce(intake.unit_code, '?')                                     as unit_code,
    intake.applicant_group,
    coalesce(intake.accepted_at::date, date '0001-01-01')               as on_date,
    coalesce(intake.completed_at::date, date '9999-12-31')              as until_date,
    count(*)                                                            as quarantined
from core.dossier_intake as intake
where
    coalesce(intake.status_code, 0) not in (1, 3)
    and intake.record_key in (
        select record_key from quarantine.records
        where system = 'portal' and resource = 'dossiers'
    )
group by all
