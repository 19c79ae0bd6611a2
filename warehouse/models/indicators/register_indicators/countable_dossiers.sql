-- Hồ sơ TTHC như mục tiêu khai báo bằng dữ liệu có thể tính: mỗi hồ sơ một dòng, cột nào dùng được thì đứng ở đây.
select
    clock.record_key,
    clock.dossier_code,
    clock.unit_code,
    clock.procedure_code,
    sector.sector_name                      as sector,
    clock.channel,
    clock.applicant_group,
    clock.status_name                       as status,
    clock.classification,
    clock.accepted_at::date                 as accepted_on,
    clock.ended_on::date                    as ended_on,
    clock.due_on_effective::date            as due_on,
    clock.supplement_count::integer         as supplement_count
from core.dossier_clock as clock
left join core.dossier_sectors as sector using (record_key)
where clock.is_counted
