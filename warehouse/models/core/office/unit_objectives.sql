-- Mục tiêu chất lượng của phòng, đơn vị, kèm: đã duyệt chưa, có đo được không, kế hoạch còn thiếu gì (ISO 6.2.2).
with named as (
    select
        objective.*,
        coalesce(name.unit_code, '?')                                           as unit_code,
        placeholder.words                                                       as placeholders,
        stated(objective.approved_number, placeholder.words)
        and objective.approved_on is not null                                   as is_approved,
        stated(objective.objective, placeholder.words) and (
            objective.target_percent is not null
            or regexp_matches(coalesce(objective.target_text, ''), '[0-9]')
        )                                                                       as is_measurable
    from staging.registers__objectives as objective
    cross join core.placeholder_words as placeholder
    left join core.office_unit_names as name on name.folded_name = fold_ascii(objective.unit)
)

select
    named.* exclude (placeholders),
    indicator.indicator,
    concat_ws(
        ', ',
        if(stated(named.measures, named.placeholders), null, 'biện pháp thực hiện'),
        if(stated(named.resources, named.placeholders), null, 'nguồn lực'),
        if(stated(named.responsible, named.placeholders), null, 'người thực hiện'),
        if(stated(named.finish, named.placeholders), null, 'thời gian hoàn thành'),
        if(stated(named.method, named.placeholders), null, 'phương pháp theo dõi, đo lường')
    ) as missing_plan_fields
from named
left join (
    select distinct indicator from reference.objectives
) as indicator on upper(indicator.indicator) = upper(trim(named.linked_indicator))
