-- Bảng nhận diện, đánh giá, giải quyết rủi ro và cơ hội của từng đơn vị, kèm điểm và mức tính lại theo thang đang dùng.
select
    risk.unit_code,
    risk.unit                                           as unit_name,
    risk.year                                           as objective_year,
    risk.number,
    risk.kind,
    risk.process,
    risk.linked_objective,
    risk.context,
    risk.description,
    risk.cause,
    risk.consequence,
    risk.probability,
    risk.severity,
    risk.score,
    risk.level,
    risk.computed_score,
    risk.computed_level,
    risk.is_score_right and risk.is_level_right         as is_assessment_right,
    risk.existing_controls,
    risk.treatment,
    risk.responsible,
    risk.due_on,
    risk.state,
    coalesce(
        risk.due_on < closing.closing_date and coalesce(risk.state, '') <> 'Đã hoàn thành', false
    )                                                   as is_overdue,
    risk.result,
    risk.effectiveness,
    risk.reviewed_on,
    risk.approved_number,
    risk.approved_on
from core.unit_risks as risk
cross join reference.closing as closing
order by risk.unit_code, unit_name, objective_year, risk.number
