-- Lượt kiểm tra theo sổ theo dõi; is_visit: không phải tự kiểm tra hay phiếu khảo sát, is_own: đoàn của Văn phòng.
select
    inspection.record_key,
    inspection.plan_number,
    inspection.plan_on,
    inspection.body,
    inspection.form,
    inspection.unit                                                     as unit_name,
    named.unit_code,
    coalesce(named.unit_code, fold_ascii(inspection.unit))              as unit_key,
    inspection.body = 'Văn phòng'                                       as is_own,
    inspection.form not in ('Tự kiểm tra', 'Phiếu khảo sát')            as is_visit,
    inspection.team_decision,
    inspection.starts_on,
    inspection.ends_on,
    inspection.minutes_number,
    if(filled(inspection.minutes_number), inspection.minutes_on, null)  as minuted_on,
    inspection.sampled,
    inspection.wrong,
    inspection.conclusion_number,
    if(filled(inspection.conclusion_number), inspection.concluded_on, null) as concluded_on,
    inspection.result,
    inspection.remedy_due_on,
    inspection.remedy_report,
    inspection.remedy_state,
    inspection.rechecked_on,
    inspection.differing_columns
from staging.registers__inspections as inspection
left join core.office_unit_names as named on named.folded_name = fold_ascii(inspection.unit)
