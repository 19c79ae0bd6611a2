-- Mục tiêu chất lượng của phòng, đơn vị, kèm: đã duyệt chưa, có đo được không, kế hoạch còn thiếu gì (ISO 6.2.2).
with named as (
    select
        objective.*,
        coalesce(name.unit_code, '?')                                           as unit_code,
        filled(objective.approved_number) and objective.approved_on is not null as is_approved,
        objective.target_percent is not null
        or regexp_matches(coalesce(objective.target_text, ''), '[0-9]')         as is_measurable
    from staging.registers__objectives as objective
    left join core.office_unit_names as name on name.folded_name = fold_ascii(objective.unit)
)

select
    named.*,
    indicator.indicator,
    concat_ws(
        ', ',
        if(filled(named.measures), null, 'biện pháp thực hiện'),
        if(filled(named.resources), null, 'nguồn lực'),
        if(filled(named.responsible), null, 'người thực hiện'),
        if(filled(named.finish), null, 'thời gian hoàn thành'),
        if(filled(named.method), null, 'phương pháp theo dõi, đo lường')
    ) as missing_plan_fields
from named
left join (
    select distinct indicator from reference.objectives
) as indicator on upper(indicator.indicator) = upper(trim(named.linked_indicator))
