-- Chỉ tiêu có hiệu lực cho từng kỳ; dòng có unit_code là chỉ tiêu riêng của đơn vị đó.
select
    objective.indicator,
    target.unit_code,
    period.period_calendar,
    period.period_kind,
    period.period_start,
    target.operator,
    target.target,
    (target.target * 1000000)::bigint as target_micro
from reference.objectives as objective
inner join core.periods as period on objective.objective_year = year(period.period_end)
inner join reference.targets as target
    on
        target.indicator = objective.indicator
        and target.valid_from <= make_date(objective.objective_year, 12, 31)
        and coalesce(target.valid_to, date '9999-12-31') >= period.period_start
-- The target in force at the end of the period beats a later one; before the first, the first is shown.
qualify row_number() over (
    partition by
        objective.indicator, target.unit_code, period.period_calendar, period.period_kind, period.period_start
    order by
        target.valid_from <= period.period_end desc,
        if(target.valid_from <= period.period_end, target.valid_from, null) desc nulls last,
        target.valid_from
) = 1
