-- Mục tiêu của phòng, đơn vị nhìn tại từng ngày đo: đã có hiệu lực chưa, thiếu theo dõi quý nào, đã báo cáo chưa.
with limits as (
    select
        cast(value ->> '$.ngay_lam_viec' as integer)    as days,
        holds_from,
        holds_to
    from reference.parameters
    where code = 'report_limit'
)

select
    day.on_date,
    objective.unit_code,
    objective.number,
    objective.is_measurable,
    objective.missing_plan_fields,
    objective.differing_columns,
    objective.is_approved and objective.approved_on <= day.on_date      as is_in_force,
    -- Nobody reports a quarter that was over before the objective was approved.
    concat_ws(
        ', ',
        if(stated(objective.responsible, placeholder.words), null, 'người thực hiện'),
        if(
            make_date(day.objective_year, 3, 31) between objective.approved_on and day.on_date
            and not stated(objective.result_q1, placeholder.words), 'kết quả quý I', null
        ),
        if(
            make_date(day.objective_year, 6, 30) between objective.approved_on and day.on_date
            and not stated(objective.result_q2, placeholder.words), 'kết quả quý II', null
        ),
        if(
            make_date(day.objective_year, 9, 30) between objective.approved_on and day.on_date
            and not stated(objective.result_q3, placeholder.words), 'kết quả quý III', null
        ),
        if(
            make_date(day.objective_year, 12, 31) between objective.approved_on and day.on_date
            and not stated(objective.result_q4, placeholder.words), 'kết quả quý IV', null
        )
    )                                                                   as missing_follow_up,
    if(objective.requested_on <= day.on_date, objective.requested_on, null) as requested_on,
    objective.requested_on > day.on_date or coalesce(
        objective.reported_on between objective.requested_on and day.on_date, false
    )                                                                   as is_reported,
    if(objective.requested_on <= day.on_date, due.day, null)            as report_due_on,
    if(objective.reported_on between objective.requested_on and day.on_date, objective.reported_on, null) as reported_on
from core.measuring_days as day
inner join core.unit_objectives as objective on objective.year = day.objective_year
cross join core.placeholder_words as placeholder
left join limits on objective.requested_on between limits.holds_from and limits.holds_to
left join reference.calendar as requested on requested.day = objective.requested_on
left join reference.working_days as due on due.working_day_index = requested.working_day_index + limits.days
