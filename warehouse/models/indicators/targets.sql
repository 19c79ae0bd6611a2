-- Chỉ tiêu ràng buộc đơn vị nào trong từng kỳ, kèm mốc giữa năm nếu có; is_own là chỉ tiêu riêng của đơn vị đó.
-- A target says how far it binds (scope): the unit of the objective's headline, or each room of the Office as well.
with bound as (
    select
        indicator,
        objective_year,
        'headline'  as scope,
        unit_code
    from core.headlines
    where is_headline
    union
    select
        headline.indicator,
        headline.objective_year,
        'rooms'     as scope,
        unnest([headline.unit_code, room.unit_code]) as unit_code
    from core.headlines as headline
    cross join core.office_units as room
    where headline.is_headline and room.is_room
),

offered as (
    select
        target.indicator,
        target.objective_year,
        coalesce(target.unit_code, bound.unit_code) as unit_code,
        target.unit_code is not null                as is_own,
        target.valid_from,
        target.valid_to,
        target.operator,
        target.target,
        target.upper_target,
        target.citation
    from reference.targets as target
    left join bound
        on
            target.indicator = bound.indicator
            and target.objective_year = bound.objective_year
            and target.scope = bound.scope
            and target.unit_code is null
    union all by name
    -- A room sets itself a share; which way is good, the general target says.
    select
        own.* exclude (operator),
        if(general.is_most, '<=', own.operator) as operator,
        true                                    as is_own
    from core.unit_targets as own
    left join (
        select
            indicator,
            objective_year,
            bool_or(operator = '<=') as is_most
        from reference.targets
        where unit_code is null
        group by all
    ) as general using (indicator, objective_year)
    where own.indicator not in (
        select indicator from reference.definitions
        where is_headline and measure not in ('rate', 'milestone')
    )
),

in_force as (
    select
        objective.indicator,
        offered.unit_code,
        offered.is_own,
        objective.objective_year,
        period.period_calendar,
        period.period_kind,
        period.period_start,
        period.as_at,
        offered.operator,
        offered.target,
        offered.upper_target,
        offered.citation
    from reference.objectives as objective
    inner join core.periods as period on objective.objective_year = year(period.period_end)
    inner join offered
        on
            offered.indicator = objective.indicator
            and offered.objective_year = objective.objective_year
            and offered.valid_from <= make_date(objective.objective_year, 12, 31)
            and coalesce(offered.valid_to, date '9999-12-31') >= period.period_start
    -- A unit's own target beats the general one; the target in force at the end of the period beats a later one; before
    -- the first, the first is shown.
    qualify row_number() over (
        partition by
            objective.indicator, offered.unit_code,
            period.period_calendar, period.period_kind, period.period_start
        order by
            offered.is_own desc,
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
            and (milestone.unit_code = in_force.unit_code or (milestone.unit_code is null and not in_force.is_own))
            and milestone.on_date between make_date(in_force.objective_year, 1, 1) and in_force.as_at
    group by all
)

select
    in_force.* exclude (as_at),
    milestones.interim_target,
    (in_force.target * 1000000)::bigint                                         as target_micro,
    (coalesce(milestones.interim_target, in_force.target) * 1000000)::bigint    as due_micro,
    -- Not below the one, not above the other; a rate of exactly a share is at least that share.
    if(in_force.operator = '<=', null, due_micro)                               as floor_micro,
    case in_force.operator
        when '<=' then due_micro
        when 'range' then (in_force.upper_target * 1000000)::bigint
        when '=' then due_micro
    end                                                                         as ceiling_micro
from in_force
left join milestones using (indicator, unit_code, period_calendar, period_kind, period_start)
