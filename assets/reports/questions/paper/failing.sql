-- The list behind the headline is that of the year to date: a stock belongs to its closing date alone, a cumulative
-- objective to the year so far, and anything else to the period in which it happened.
with own_units as (
    select unit_code
    from core.scopes
    where scope_code = $unit
),

-- The objectives about dossiers: of all applicants, and of each group.
about_dossiers as (
    select distinct
        indicator,
        definition,
        applicant_group
    from marts.headline_result
    where indicator in (select population.indicator from core.dossier_populations as population)
),

failing as (
    select
        indicator,
        definition,
        unit_code,
        record_kind,
        record_key,
        occurred_on,
        reason_code,
        reason,
        days_late
    from marts.failing_record
    where $unit is null or unit_code in (from own_units)
    union all
    -- Outside the objective's scope, the dossiers that the unit's own figure stands on.
    select
        named.indicator,
        named.definition,
        clock.unit_code,
        'dossier',
        clock.dossier_code,
        clock.finished_at::date,
        'QUA_HAN',
        'Kết thúc ' || strftime(clock.finished_at, '%d/%m/%Y %H:%M') || ', hạn '
        || strftime(clock.due_on_effective, '%d/%m/%Y %H:%M'),
        clock.days_late
    from marts.dossier_clock as clock
    inner join core.dossier_clock as known using (dossier_code)
    inner join core.headline_period as period
        on clock.finished_at::date between period.period_start and period.as_at
    inner join about_dossiers as named on named.applicant_group in ('all', clock.applicant_group)
    where
        clock.classification = 'qua_han' and not known.is_unclear and clock.unit_code in (from own_units)
        and clock.unit_code not in (
            select scope.unit_code from core.scopes as scope
            where scope.scope_code = 'VP'
        )
)

select
    failing.*,
    board.position,
    unit.unit_name,
    known.applicant_group <> 'all' as is_of_a_group,
    known.indicator in (
        select part.part_of
        from reference.indicators as part
        where part.applicant_group = 'all'
    ) is true as fails_by_parts
from failing
inner join marts.scoreboard as board using (indicator)
inner join reference.indicators as known using (indicator)
left join reference.definitions as definition
    on
        definition.indicator = failing.indicator
        and definition.definition = failing.definition
        and board.as_of between definition.holds_from and definition.holds_to
left join (
    select
        unit_code,
        max_by(unit_name, closing_date) as unit_name
    from marts.indicator_result
    group by unit_code
) as unit on unit.unit_code = failing.unit_code
where
    $kind = 'year_to_date'
    or (
        definition.basis = 'flow' and failing.occurred_on <= $until
        and (definition.is_cumulative or failing.occurred_on >= $start)
    )
order by board.position asc, failing.days_late desc nulls last, failing.occurred_on asc, failing.record_key asc
