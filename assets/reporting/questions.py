"""What the report asks of a published version; $unit is null for the headline's own scope."""

OBJECTIVES = """
select
    board.position, board.indicator, board.label, board.as_of, board.definition,
    coalesce(result.operator, board.operator)           as operator,
    coalesce(result.target, board.target)               as target,
    coalesce(result.numerator, 0)                       as numerator,
    coalesce(result.denominator, 0)                     as denominator,
    result.actual, result.lower_bound, result.upper_bound,
    coalesce(result.verdict, 'Chưa có số liệu')         as verdict,
    result.verdict_reason,
    coalesce(result.excluded, 0)                        as excluded,
    coalesce(result.quarantined, 0)                     as quarantined,
    coalesce(result.unit_code, $unit, board.unit_code)  as unit_code,
    result.unit_name, result.period_start, result.period_end, result.definition_version, result.known_from,
    definition.label as definition_label, definition.formula, definition.basis, definition.is_cumulative,
    -- A forecast is made for the headline's own scope.
    if($unit is null, board.forecast_year_end, null)    as forecast_year_end,
    if($unit is null, board.forecast_low, null)         as forecast_low,
    if($unit is null, board.forecast_high, null)        as forecast_high
from marts.scoreboard as board
left join marts.indicator_result as result
    on result.indicator = board.indicator and result.definition = board.definition
    and result.closing_date = board.as_of and result.unit_code = coalesce($unit, board.unit_code)
    and result.period_calendar = 'iso' and result.period_kind = $kind
    and result.period_start = $start
    and result.applicant_group
    = case board.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
left join reference.definitions as definition
    on definition.indicator = board.indicator and definition.definition = board.definition
order by board.position
"""

# Every definition in use, the headline first: the table beside the main one.
COMPANIONS = """
select result.*, definition.label as definition_label, definition.formula, board.position
from marts.indicator_result as result
inner join marts.scoreboard as board
    on board.indicator = result.indicator and board.as_of = result.closing_date
    and result.unit_code = coalesce($unit, board.unit_code)
left join reference.definitions as definition
    on definition.indicator = result.indicator and definition.definition = result.definition
where
    result.period_calendar = 'iso' and result.period_kind = $kind and result.period_start = $start
    and result.applicant_group
    = case result.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
order by board.position, result.is_headline desc, result.definition
"""

PERIODS = """
select distinct period_kind, period_start, period_end, closing_date
from marts.indicator_result
where period_calendar = 'iso' and closing_date = (select max(as_of) from marts.scoreboard)
order by all
"""

# The list behind the headline is that of the year to date: a stock belongs to its closing date alone, a cumulative
# objective to the year so far, and anything else to the period in which it happened.
FAILING = """
with own_units as (
    select unit_code from core.scopes where scope_code = $unit
),

failing as (
    select * from marts.failing_record
    where $unit is null or unit_code in (from own_units)
    union all
    -- Outside the objective's scope, the dossiers that the unit's own figure stands on.
    select
        named.indicator, 'R1', clock.unit_code, 'dossier', clock.dossier_code, clock.finished_at::date, 'QUA_HAN',
        'Kết thúc ' || strftime(clock.finished_at, '%d/%m/%Y %H:%M') || ', hạn '
        || strftime(clock.due_on_effective, '%d/%m/%Y %H:%M'), clock.days_late
    from marts.dossier_clock as clock
    inner join core.headline_period as period
        on clock.finished_at::date between period.period_start and period.as_at
    inner join (
        values ('MT1', 'to_chuc'), ('MT1', 'ca_nhan'), ('MT1', 'chua_xac_dinh'),
        ('MT1a', 'to_chuc'), ('MT1b', 'ca_nhan')
    ) as named (indicator, applicant_group) using (applicant_group)
    where
        clock.classification = 'qua_han' and clock.unit_code in (from own_units)
        and clock.unit_code not in (select unit_code from core.scopes where scope_code = 'VP')
)

select failing.*, board.position, unit.unit_name
from failing
inner join marts.scoreboard as board using (indicator)
left join reference.definitions as definition
    on definition.indicator = failing.indicator and definition.definition = failing.definition
left join (
    select unit_code, any_value(unit_name) as unit_name from marts.indicator_result group by unit_code
) as unit on unit.unit_code = failing.unit_code
where
    $kind = 'year_to_date'
    or (
        definition.basis = 'flow' and failing.occurred_on <= $until
        and (definition.is_cumulative or failing.occurred_on >= $start)
    )
order by board.position, failing.days_late desc nulls last, failing.occurred_on, failing.record_key
"""

UNIT_OBJECTIVES = """
select * from marts.unit_objective
where objective_year = $year and ($unit is null or unit_code = $unit) order by unit_code, number
"""

RISKS = """
select * from marts.risk
where objective_year = $year and ($unit is null or unit_code = $unit) order by computed_score desc, unit_code, number
"""

SET_ASIDE = "select * from marts.quarantine_summary order by records desc, system, resource, rule"

FORM = """
select stt, linh_vuc, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, period_start, period_end
from marts.form_ii_06a
where period_calendar = 'report' and unit_code = coalesce($unit, (select org_code from reference.closing))
    and period_kind = $kind and period_end <= $until
qualify period_end = max(period_end) over ()
order by stt
"""

UNIT = """
select any_value(unit_name) as unit_name from marts.indicator_result where unit_code = $unit having count(*) > 0
"""

REPORTING_UNITS = """
select distinct result.unit_code
from marts.indicator_result as result
where
    result.closing_date = (select max(as_of) from marts.scoreboard)
    and result.period_kind = 'year_to_date' and result.denominator > 0
    and result.unit_code in (select unit_code from core.scopes where scope_code = 'VP') and result.unit_code <> '?'
order by result.unit_code
"""

# The sum so far only where the months add up to the year: elsewhere a record may count once in each of them.
MONTHS = """
select
    result.indicator, month(result.period_start) as month, result.numerator, result.denominator, result.actual,
    result.target,
    case when (sum(result.numerator) over whole_year, sum(result.denominator) over whole_year)
        = (year.numerator, year.denominator)
        then sum(result.numerator) over so_far / nullif(sum(result.denominator) over so_far, 0)
    end as running
from marts.indicator_result as result
inner join marts.scoreboard as board
    on board.indicator = result.indicator and board.definition = result.definition
    and board.as_of = result.closing_date and result.unit_code = coalesce($unit, board.unit_code)
left join marts.indicator_result as year
    on year.indicator = result.indicator and year.definition = result.definition
    and year.closing_date = result.closing_date and year.unit_code = result.unit_code
    and year.applicant_group = result.applicant_group and year.period_calendar = 'iso'
    and year.period_kind = 'year_to_date' and year.period_start <= result.period_start
    and year.period_end >= result.period_end
where
    result.period_calendar = 'iso' and result.period_kind = 'month' and year(result.period_start) = $year
    and result.actual is not null
    and result.applicant_group
    = case result.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
window
    so_far as (partition by result.indicator order by result.period_start),
    whole_year as (partition by result.indicator)
order by board.position, month
"""

MILESTONES = """
select milestone.indicator, month(milestone.on_date) as month, milestone.target
from reference.trajectories as milestone
inner join marts.scoreboard as board
    on board.indicator = milestone.indicator and milestone.unit_code = coalesce($unit, board.unit_code)
where year(milestone.on_date) = $year
order by board.position, milestone.on_date
"""

# Whose work the figure is made of, the lowest rate first; a scope of other units is none of them.
UNITS = """
select result.unit_code, result.unit_name, result.numerator, result.denominator, result.actual, result.target
from marts.indicator_result as result
inner join marts.scoreboard as board
    on board.indicator = result.indicator and board.definition = result.definition
    and board.as_of = result.closing_date
where
    result.indicator = 'MT1' and result.applicant_group = 'all' and result.denominator > 0
    and result.period_calendar = 'iso' and result.period_kind = $kind and result.period_start = $start
    and result.unit_code in (select unit_code from core.scopes where scope_code = coalesce($unit, board.unit_code))
order by result.actual, result.denominator desc, result.unit_code
"""

CONTROL = """
select
    chart.indicator, month(chart.period_start) as month, chart.value, chart.center, chart.lower_limit,
    chart.upper_limit, chart.signal
from marts.control_chart as chart
inner join marts.scoreboard as board
    on board.indicator = chart.indicator and chart.unit_code = coalesce($unit, board.unit_code)
inner join reference.definitions as definition
    on definition.indicator = board.indicator and definition.definition = board.definition
-- What stands at a month's end moves by steps; only what flows has a variation to tell from chance.
where
    definition.basis = 'flow' and not definition.is_cumulative
    and year(chart.period_start) = $year and chart.value is not null
order by board.position, chart.period_start
"""
