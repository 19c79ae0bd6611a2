"""What the page asks of a published version. Every answer comes from one immutable file, so they belong together."""

from __future__ import annotations

from pathlib import Path

from warehouse.reading import Row, ask


SCOREBOARD = """
select
    board.*,
    definition.label                        as definition_label,
    definition.formula,
    definition.basis,
    definition.is_cumulative,
    scope.unit_name,
    board.denominator - board.numerator     as failed
from marts.scoreboard as board
left join (
    select unit_code, any_value(unit_name) as unit_name from marts.indicator_result group by unit_code
) as scope using (unit_code)
left join reference.definitions as definition
    on definition.indicator = board.indicator and definition.definition = board.definition
order by board.position
"""

# The headline's months: the same scope, group and definition as the scoreboard.
MONTHS = """
select
    result.indicator,
    month(result.period_start)      as month,
    result.numerator,
    result.denominator,
    result.actual,
    result.verdict
from marts.indicator_result as result
inner join marts.scoreboard as board
    on board.indicator = result.indicator and board.definition = result.definition
    and board.unit_code = result.unit_code and board.as_of = result.closing_date
    and year(board.as_of) = year(result.period_start)
where
    result.period_calendar = 'iso' and result.period_kind = 'month'
    and result.applicant_group
    = case result.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
order by result.indicator, month
"""

# Milestones of the unit the scoreboard speaks of.
MILESTONES = """
select milestone.indicator, month(milestone.on_date) as month, milestone.target::double as target
from reference.trajectories as milestone
inner join marts.scoreboard as board using (indicator, unit_code)
where year(milestone.on_date) = year(board.as_of)
order by all
"""

UNITS = """
select
    unit.view, unit.unit_code, unit.unit_name, unit.numerator, unit.denominator, unit.actual,
    unit.open_dossiers, unit.overdue_dossiers, unit.valid_from, unit.valid_to
from marts.unit_history as unit
where
    unit.view in ('as_now', 'as_was') and unit.existed
    and unit.period_calendar = 'iso' and unit.period_kind = 'year_to_date'
    and year(unit.period_start) = (select year(max(as_of)) from marts.scoreboard)
    and (unit.denominator > 0 or unit.open_dossiers > 0)
order by unit.view, unit.denominator - unit.numerator desc, unit.unit_code
"""

# The Office's own rooms, each indicator that is told for them.
ROOMS = """
select result.unit_code, result.unit_name, result.indicator, result.numerator, result.denominator, result.verdict
from marts.indicator_result as result
inner join marts.scoreboard as board
    on board.indicator = result.indicator and board.definition = result.definition
    and board.as_of = result.closing_date
where
    result.unit_code in (select unit_code from core.office_units)
    and result.period_calendar = 'iso' and result.period_kind = 'year_to_date'
    and year(result.period_start) = year(board.as_of)
    and result.applicant_group
    = case result.indicator when 'MT1a' then 'to_chuc' when 'MT1b' then 'ca_nhan' else 'all' end
order by result.unit_code, board.position
"""

# One line per record, whichever indicators it spoils; first the worst of each indicator, so that a cut is fair to all.
RECORDS = """
with ranked as (
    select
        failing.*,
        coalesce(board.position, 99) as position,
        row_number() over (
            partition by failing.indicator
            order by failing.days_late desc nulls last, failing.occurred_on desc, failing.record_key
        ) as place
    from marts.failing_record as failing
    left join marts.scoreboard as board using (indicator)
)

select
    list(ranked.indicator order by ranked.position)     as indicators,
    ranked.record_kind,
    ranked.record_key,
    ranked.unit_code,
    any_value(unit.unit_name)                           as unit_name,
    min(ranked.occurred_on)                             as occurred_on,
    max(ranked.days_late)                               as days_late,
    arg_min(ranked.reason, ranked.position)             as reason
from ranked
left join (
    select unit_code, arg_max(unit_name, source) as unit_name
    from (
        select unit_code, unit_name, 1 as source from core.units
        union all
        select unit_code, unit_name, 2 from core.office_units
    )
    group by unit_code
) as unit on unit.unit_code = ranked.unit_code
group by ranked.record_kind, ranked.record_key, ranked.unit_code, ranked.occurred_on, ranked.days_late
order by min(ranked.place), min(ranked.position), ranked.record_key
"""

SET_ASIDE = """
select rule, system, resource, records, first_seen_at, advice
from marts.quarantine_summary
order by records desc, system, resource, rule
"""

# A register feeds several figures with the same rows.
REGISTER_GAPS = """
select register, max(rows_wrong) as rows_wrong, list(distinct indicator order by indicator) as indicators
from core.register_gaps
group by register
order by rows_wrong desc, register
"""

# One line per kind of suspicion; its worst example stands for it.
ANOMALIES = """
select
    trap,
    label,
    severity,
    count(*)                                                        as records,
    min(first_seen_at)                                              as first_seen_at,
    arg_max(sentence, (occurred_on is not null, occurred_on, record_key)) as example
from marts.anomaly
group by trap, label, severity
order by array_position(['high', 'medium', 'low'], severity), records desc, trap, label
"""

# What the two sides of each comparison came to in the whole year, and its worst month.
RECONCILIATION = """
select
    subject_label,
    sum(left_count)                                     as left_count,
    sum(right_count)                                    as right_count,
    sum(matched)                                        as matched,
    sum(only_left)                                      as only_left,
    sum(only_right)                                     as only_right,
    sum(conflicting)                                    as conflicting,
    arg_max(
        verdict, (array_position(['none', 'note', 'lower_verdict', 'block'], consequence), verdict <> 'Khớp')
    )                                                   as verdict,
    max(array_position(['none', 'note', 'lower_verdict', 'block'], consequence))    as gravity
from marts.reconciliation
group by subject_label
order by gravity desc, subject_label
"""

# Of the headline's own figures since January, and the last change of each.
RESTATED = """
select restated.indicator, restated.sentence, restated.closing_date_after
from marts.restatement as restated
inner join marts.scoreboard as board
    on board.indicator = restated.indicator and board.definition = restated.definition
    and board.unit_code = restated.unit_code
where
    restated.period_calendar = 'iso' and restated.period_kind = 'month'
    and year(restated.period_start) = year(board.as_of)
qualify row_number() over (
    partition by restated.indicator, restated.period_start order by restated.closing_date_after desc
) = 1
order by restated.closing_date_after desc, board.position, restated.period_start
limit 30
"""

KNOWN_FROM = "select known_from from reference.closing"

VERSIONS = "select name, content_hash from reference.versions order by name"

TABLES = "select schema_name || '.' || table_name as name from duckdb_tables() where not internal"


class Book:
    """A published version and the questions to it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.tables = {row["name"] for row in ask(path, TABLES)}

    def rows(self, sql: str, **values: object) -> list[Row]:
        return ask(self.path, sql, **values)

    def rows_of(self, table: str, sql: str) -> list[Row] | None:
        """None where the version has no such table: it is older than the table."""
        return self.rows(sql) if table in self.tables else None
