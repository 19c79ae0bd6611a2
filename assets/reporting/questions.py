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
    coalesce(result.excluded, 0)                        as excluded,
    coalesce(result.quarantined, 0)                     as quarantined,
    coalesce(result.unit_code, $unit, board.unit_code)  as unit_code,
    result.unit_name, result.period_start, result.period_end, result.definition_version, result.known_from,
    definition.label as definition_label, definition.formula, definition.basis, definition.is_cumulative
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
select failing.*, board.position, unit.unit_name
from marts.failing_record as failing
inner join marts.scoreboard as board using (indicator)
left join reference.definitions as definition
    on definition.indicator = failing.indicator and definition.definition = failing.definition
left join (
    select unit_code, any_value(unit_name) as unit_name from marts.indicator_result group by unit_code
) as unit on unit.unit_code = failing.unit_code
where
    ($unit is null or failing.unit_code = $unit)
    and (
        $kind = 'year_to_date'
        or (
            definition.basis = 'flow' and failing.occurred_on <= $until
            and (definition.is_cumulative or failing.occurred_on >= $start)
        )
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

MONTHS = """
select result.indicator, month(result.period_start) as month, result.actual, result.target
from marts.indicator_result as result
inner join marts.scoreboard as board
    on board.indicator = result.indicator and board.definition = result.definition
    and board.as_of = result.closing_date and result.unit_code = coalesce($unit, board.unit_code)
where
    result.period_calendar = 'iso' and result.period_kind = 'month' and year(result.period_start) = $year
    and result.actual is not null
    and result.applicant_group
    = case result.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
order by board.position, month
"""
