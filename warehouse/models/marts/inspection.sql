-- Theo dõi kiểm tra cải cách hành chính: kế hoạch, kết luận và tình trạng khắc phục của từng lượt kiểm tra.
select
    coalesce(inspection.unit_code, '?')     as unit_code,
    inspection.unit_name,
    inspection.plan_number,
    inspection.plan_on,
    inspection.body,
    inspection.form,
    inspection.starts_on,
    inspection.ends_on,
    inspection.minutes_number,
    inspection.minuted_on,
    inspection.sampled,
    inspection.wrong,
    inspection.conclusion_number,
    inspection.concluded_on,
    inspection.result,
    inspection.remedy_due_on,
    inspection.remedy_report,
    -- What is past its date and not done is overdue, whatever the register still says.
    case
        when
            inspection.remedy_due_on < closing.closing_date
            and coalesce(inspection.remedy_state, '') <> 'Đã khắc phục'
            then 'Quá hạn khắc phục'
        else inspection.remedy_state
    end                                     as remedy_state,
    inspection.rechecked_on,
    inspection.is_own and inspection.is_visit and coalesce(
        inspection.concluded_on <= closing.closing_date, false
    )                                       as counts_for_mt5
from core.inspections as inspection
cross join reference.closing as closing
order by all
