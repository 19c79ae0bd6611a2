-- Chỉ tiêu có hiệu lực cho từng kỳ, kèm mốc giữa năm nếu có; dòng có unit_code là chỉ tiêu riêng của đơn vị đó.
with offered as (
    select
        indicator,
        unit_code,
        objective_year,
        valid_from,
        valid_to,
        operator,
        target,
        citation
    from reference.targets
    union all by name
    select * from core.unit_targets
),

in_force as (
    select
        objective.indicator,
        offered.unit_code,
        objective.objective_year,
        period.period_calendar,
        period.period_kind,
        period.period_start,
        period.as_at,
        offered.operator,
        offered.target,
        offered.citation
    from reference.objectives as objective
    inner join core.periods as period on objective.objective_year = year(period.period_end)
    inner join offered
        on
            offered.indicator = objective.indicator
            and offered.objective_year = objective.objective_year
            and offered.valid_from <= make_date(objective.objective_year, 12, 31)
            and coalesce(offered.valid_to, date '9999-12-31') >= period.period_start
    -- The target in force at the end of the period beats a later one; before the first, the first is shown.
    qualify row_number() over (
        partition by
            objective.indicator, offered.unit_code,
            period.period_calendar, period.period_kind, period.period_start
        order by
            offered.valid_from <= period.period_end desc,
            if(offered.valid_from <= period.period_end, offered.valid_from, null) desc nulls last,
            offered.valid_from
    ) = 1
),

-- A milestone holds from its day to the next one, within its year.
milestones as (
    select
        in_force.indicator,
        in_force.unit_code,
        in_force.period_calendar,
        in_force.period_kind,
        in_force.period_start,
        max_by(milestone.target, milestone.on_date) as interim_target
    from in_force
    inner join reference.trajectories as milestone
        on
            milestone.indicator = in_force.indicator
            and milestone.unit_code is not distinct from in_force.unit_code
            and milestone.on_date between make_date(in_force.objective_year, 1, 1) and in_force.as_at
    group by all
)

select
    in_force.* exclude (as_at),
    milestones.interim_target,
    (in_force.target * 1000000)::bigint                                         as target_micro,
    (coalesce(milestones.interim_target, in_force.target) * 1000000)::bigint    as due_micro
from in_force
left join milestones
    on
        milestones.indicator = in_force.indicator
        and milestones.unit_code is not distinct from in_force.unit_code
        and milestones.period_calendar = in_force.period_calendar
        and milestones.period_kind = in_force.period_kind
        and milestones.period_start = in_force.period_start
