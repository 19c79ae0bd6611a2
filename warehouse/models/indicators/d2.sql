-- D2: phòng, đơn vị có mục tiêu được duyệt, đo được, đủ kế hoạch 5 yếu tố; D2.1–D2.4 là từng yêu cầu của Điều 2 gạch 2.
-- one row per judged record
with standing as (
    select
        unit.on_date,
        unit.objective_year,
        unit.unit_code,
        unit.unit_name,
        count(objective.number)                                                     as objectives,
        count(*) filter (where objective.is_in_force)                               as approved,
        string_agg('số ' || objective.number, ', ' order by objective.number)
        filter (where objective.is_in_force and not objective.is_measurable)    as unmeasurable,
        string_agg(
            'số ' || objective.number || ' thiếu ' || objective.missing_plan_fields, '; ' order by objective.number
        ) filter (where objective.is_in_force and objective.missing_plan_fields <> '') as unplanned,
        string_agg(
            'số ' || objective.number || ' thiếu ' || objective.missing_follow_up, '; ' order by objective.number
        ) filter (where objective.is_in_force and objective.missing_follow_up <> '') as unfollowed,
        string_agg(
            'số ' || objective.number || ' ở cột ' || objective.differing_columns, '; ' order by objective.number
        )                                                                           as contradicted,
        min(objective.requested_on)                                                 as requested_on,
        min(objective.report_due_on) filter (
            where not objective.is_reported and objective.report_due_on < unit.on_date
        )                                                                           as overdue_on,
        max(objective.reported_on) filter (where objective.reported_on > objective.report_due_on) as late_on,
        bool_or(not objective.is_reported)                                          as is_awaited
    from core.office_unit_days as unit
    left join core.unit_objective_days as objective using (on_date, unit_code)
    -- Without a register of the year there is nothing to judge by.
    where unit.objective_year in (select known.year from core.unit_objectives as known)
    group by all
),

judged as (
    select
        standing.*,
        definition.definition,
        case
            when standing.contradicted is not null then 'SO_MAU_THUAN'
            when definition.definition = 'D2.4'
                then case
                    when standing.overdue_on is not null then 'CHUA_BAO_CAO'
                    when standing.late_on is not null then 'BAO_CAO_MUON'
                    when standing.requested_on is null then 'KHONG_YEU_CAU'
                    when standing.is_awaited then 'CHUA_DEN_HAN'
                end
            when standing.objectives = 0 then 'CHUA_CO_MUC_TIEU'
            when standing.approved = 0 then 'CHUA_DUYET'
            when definition.definition in ('STD', 'D2.1') and standing.unmeasurable is not null then 'KHONG_DO_DUOC'
            when definition.definition in ('STD', 'D2.2') and standing.unplanned is not null then 'THIEU_KE_HOACH'
            when definition.definition = 'D2.3' and standing.unfollowed is not null then 'THIEU_THEO_DOI'
        end as reason_code
    from standing
    cross join (values ('STD'), ('D2.1'), ('D2.2'), ('D2.3'), ('D2.4')) as definition (definition)
)

select
    'D2'                        as indicator,
    definition,
    unit_code,
    'state'                     as basis,
    on_date,
    'unit'                      as record_kind,
    unit_code                   as record_key,
    case
        when reason_code is null then 'met'
        when reason_code in ('KHONG_YEU_CAU', 'CHUA_DEN_HAN') then 'excluded'
        when reason_code = 'SO_MAU_THUAN' then 'undetermined'
        else 'failed'
    end                         as outcome,
    reason_code,
    unit_name || ': ' || case reason_code
        when 'SO_MAU_THUAN' then 'sổ ghi hai lần khác nhau: mục tiêu ' || contradicted
        when 'CHUA_CO_MUC_TIEU' then 'chưa có mục tiêu chất lượng năm ' || objective_year
        when 'CHUA_DUYET' then 'mục tiêu chất lượng chưa được phê duyệt'
        when 'KHONG_DO_DUOC' then 'mục tiêu không có chỉ tiêu bằng số: ' || unmeasurable
        when 'THIEU_KE_HOACH' then 'kế hoạch chưa đủ: mục tiêu ' || unplanned
        when 'THIEU_THEO_DOI' then 'chưa theo dõi đủ: mục tiêu ' || unfollowed
        when 'CHUA_BAO_CAO' then 'chưa báo cáo, đã quá hạn ' || strftime(overdue_on, '%d/%m/%Y')
        when 'BAO_CAO_MUON' then 'báo cáo ngày ' || strftime(late_on, '%d/%m/%Y') || ', muộn hơn hạn'
        when 'CHUA_DEN_HAN' then 'đã có yêu cầu báo cáo, chưa hết hạn'
        when 'KHONG_YEU_CAU' then 'chưa có yêu cầu báo cáo'
    end                         as reason,
    null::integer               as days_late
from judged
