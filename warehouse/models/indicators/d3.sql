-- D3: phòng, đơn vị có bảng rủi ro, cơ hội được duyệt, rà soát trong năm; D3.1 chấm đúng thang, D3.2 đánh giá hiệu lực.
-- one row per judged record
with standing as (
    select
        unit.on_date,
        unit.objective_year,
        unit.unit_code,
        unit.unit_name,
        count(risk.number)                                                          as risks,
        count(*) filter (where risk.is_in_force)                                    as approved,
        string_agg('số ' || risk.number, ', ' order by risk.number)
        filter (where risk.is_in_force and not risk.is_on_scale)                as off_scale,
        string_agg('số ' || risk.number, ', ' order by risk.number)
        filter (where risk.is_in_force and not risk.is_score_right)             as misscored,
        string_agg('số ' || risk.number, ', ' order by risk.number)
        filter (where risk.is_in_force and not risk.is_level_right)             as misplaced,
        string_agg('số ' || risk.number, ', ' order by risk.number)
        filter (where risk.is_in_force and not risk.is_reviewed)                as unreviewed,
        string_agg('số ' || risk.number, ', ' order by risk.number)
        filter (where risk.is_in_force and not risk.is_evaluated)               as unevaluated,
        string_agg('số ' || risk.number || ' ở cột ' || risk.differing_columns, '; ' order by risk.number)
            as contradicted
    from core.office_unit_days as unit
    left join (
        select
            day.on_date,
            risk.*,
            risk.is_approved and risk.approved_on <= day.on_date                            as is_in_force,
            coalesce(risk.reviewed_on between day.year_start and day.on_date, false)        as is_reviewed,
            coalesce(risk.state, '') <> 'Đã hoàn thành' or risk.effectiveness is not null as is_evaluated
        from core.measuring_days as day
        inner join core.unit_risks as risk on risk.year = day.objective_year
    ) as risk using (on_date, unit_code)
    -- Without a register of the year there is nothing to judge by.
    where unit.objective_year in (select known.year from core.unit_risks as known)
    group by all
),

judged as (
    select
        standing.*,
        wanted.definition,
        case
            when standing.contradicted is not null then 'SO_MAU_THUAN'
            when standing.risks = 0 then 'CHUA_CO_BANG'
            when standing.approved = 0 then 'CHUA_DUYET'
            when wanted.definition = 'STD' and standing.unreviewed is not null then 'CHUA_RA_SOAT'
            when wanted.definition = 'D3.1' and standing.off_scale is not null then 'NGOAI_THANG'
            when wanted.definition = 'D3.1' and standing.misscored is not null then 'SAI_DIEM'
            when wanted.definition = 'D3.1' and standing.misplaced is not null then 'SAI_MUC'
            when wanted.definition = 'D3.2' and standing.unevaluated is not null then 'CHUA_DANH_GIA_HIEU_LUC'
        end as reason_code
    from standing
    cross join (values ('STD'), ('D3.1'), ('D3.2')) as wanted (definition)
)

select
    'D3'                                        as indicator,
    definition,
    unit_code,
    'state'                                     as basis,
    on_date,
    'unit'                                      as record_kind,
    unit_code                                   as record_key,
    case when reason_code is null then 'met' when reason_code = 'SO_MAU_THUAN' then 'undetermined' else 'failed' end
        as outcome,
    reason_code,
    unit_name || ': ' || case reason_code
        when 'SO_MAU_THUAN' then 'sổ ghi hai lần khác nhau: rủi ro, cơ hội ' || contradicted
        when 'CHUA_CO_BANG' then 'chưa có bảng rủi ro và cơ hội năm ' || objective_year
        when 'CHUA_DUYET' then 'bảng rủi ro và cơ hội chưa được phê duyệt'
        when 'NGOAI_THANG' then 'P hoặc S ngoài thang điểm: rủi ro, cơ hội ' || off_scale
        when 'SAI_DIEM' then 'điểm khác P × S: rủi ro, cơ hội ' || misscored
        when 'SAI_MUC' then 'mức không đúng thang: rủi ro, cơ hội ' || misplaced
        when 'CHUA_RA_SOAT' then 'chưa rà soát trong năm: rủi ro, cơ hội ' || unreviewed
        when 'CHUA_DANH_GIA_HIEU_LUC' then 'đã hoàn thành nhưng chưa đánh giá hiệu lực: số ' || unevaluated
    end                                         as reason,
    null::integer                               as days_late
from judged
