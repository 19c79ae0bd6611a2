-- Mục tiêu chất lượng và kế hoạch của từng đơn vị, kèm kết quả đo bằng hệ thống cho mục tiêu gắn với Văn phòng.
with measured as (
    select judged.*
    from indicators.judged as judged
    inner join reference.indicators as known using (indicator, applicant_group)
    cross join reference.closing as closing
    where
        judged.reading is null
        and judged.is_headline
        and judged.period_calendar = 'iso'
        and judged.period_kind = 'year_to_date'
        and year(judged.period_start) = year(closing.closing_date)
)

select
    objective.unit_code,
    objective.unit                                                  as unit_name,
    objective.year                                                  as objective_year,
    objective.number,
    objective.objective,
    coalesce(objective.indicator, objective.linked_indicator)       as linked_indicator,
    objective.target_text,
    (objective.target_percent / 100)::double                        as target,
    objective.measures,
    objective.resources,
    objective.responsible,
    objective.finish,
    objective.method,
    objective.frequency,
    objective.result_q1,
    objective.result_q2,
    objective.result_q3,
    objective.result_q4,
    objective.evaluation,
    objective.note,
    objective.approved_number,
    objective.approved_on,
    measured.actual,
    measured.numerator,
    measured.denominator,
    case
        when objective.indicator is null then 'Không áp dụng'
        else coalesce(measured.own_verdict, 'Chưa có số liệu')
    end                                                             as verdict
from core.unit_objectives as objective
left join measured
    on
        measured.indicator = objective.indicator
        and measured.unit_code = objective.unit_code
        and year(measured.period_start) = objective.year
order by objective.unit_code, unit_name, objective_year, objective.number
