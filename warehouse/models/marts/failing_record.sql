-- Từng hồ sơ khiến chỉ tiêu chính chưa đạt 100 %: quá hạn trong năm, thuộc phạm vi mục tiêu, kèm lý do.
with late as (
    select
        clock.*,
        clock.completed_at::date - clock.due_on_effective::date as days_late
    from core.dossier_clock as clock
    inner join core.unit_scopes as scope
        on clock.unit_code = scope.unit_code and scope.scope_code = 'VP'
    inner join core.periods as period
        on
            period.period_calendar = 'iso'
            and period.period_kind = 'year_to_date'
            and clock.ended_on between period.period_start and period.as_at
    where clock.classification = 'qua_han'
)

select
    population.indicator,
    'R1'                                                        as definition,
    late.unit_code,
    'dossier'                                                   as record_kind,
    late.dossier_code                                           as record_key,
    late.ended_on                                               as occurred_on,
    case
        when late.is_asked_late then 'BS_SAU_HAN'
        when late.supplement_count > 1 then 'BS_NHIEU_LAN'
        when late.due_on_current is null then 'HAN_SUY_DIEN'
        else 'QUA_HAN'
    end                                                         as reason_code,
    'Kết thúc ' || strftime(late.completed_at, '%d/%m/%Y %H:%M')
    || ', hạn ' || strftime(late.due_on_effective, '%d/%m/%Y %H:%M')
    || if(late.days_late > 0, ', quá hạn ' || late.days_late || ' ngày', ', quá hạn trong ngày')
    || if(late.is_asked_late, '; yêu cầu bổ sung sau hạn', '')
    || if(late.supplement_count > 1, '; yêu cầu bổ sung ' || late.supplement_count || ' lần', '')
        as reason,
    late.days_late
from late
inner join (
    values ('MT1', 'to_chuc'), ('MT1', 'ca_nhan'), ('MT1', 'chua_xac_dinh'),
    ('MT1a', 'to_chuc'), ('MT1b', 'ca_nhan')
) as population (indicator, applicant_group) using (applicant_group)
