-- Hồ sơ TTHC đã qua kiểm tra: mọi hồ sơ nguồn gửi sang trừ những hồ sơ đang tách riêng chờ xử lý.
select
    record_key,
    dossier_code,
    status_name,
    status_code,
    outcome,
    unit_code,
    unit_code_source,
    procedure_code,
    sector_code,
    applicant_group,
    channel,
    limit_unit,
    limit_amount,
    applied_at,
    accepted_at,
    completed_at,
    returned_at,
    due_on_original,
    appointment_seen_at,
    due_on_current,
    due_on_statutory
from core.dossier_intake as intake
where not exists (
    select 1
    from quarantine.records as aside
    where
        aside.system = 'portal'
        and aside.resource = 'dossiers'
        and aside.record_key = intake.record_key
)
