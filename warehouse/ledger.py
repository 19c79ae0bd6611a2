"""What the warehouse remembers of its own work: runs, cursors, closing dates and checks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING


if TYPE_CHECKING:
    from warehouse.database import Warehouse
    from warehouse.validation import Outcome

# A closing date before the first observation cannot be cut at "first seen": then everything known counts.
SET_CLOSING = """
create or replace table reference.closing as
with observed as (
    select min(first_seen_at) as since from raw.portal__dossiers
)

select
    cast($closing_date as date)                             as closing_date,
    cast(since + interval 7 hour as date)                   as known_from,
    least(
        case
            when closing_date >= known_from
                then cast(closing_date as timestamptz) + interval 1 day - interval 7 hour
            else cast('infinity' as timestamptz)
        end,
        -- What a publication was made of, when it is computed again.
        coalesce(cast($cut_at as timestamptz), cast('infinity' as timestamptz))
    )                                                       as known_until,
    cast($run_id as varchar)                                as run_id,
    cast($org_code as varchar)                              as org_code
from observed
"""


def close_orphans(warehouse: Warehouse) -> None:
    """Whoever opens the warehouse holds its lock, so an extraction that still runs is one whose process is gone."""
    if warehouse.query("select 1 from ledger.extractions where outcome = 'running' limit 1"):
        with warehouse.transaction("orphans closed"):
            warehouse.query(
                "update ledger.extractions set outcome = 'abandoned', ended_at = $1 where outcome = 'running'",
                [warehouse.clock()],
            )


def cursor(warehouse: Warehouse, system: str, resource: str) -> str | None:
    found = warehouse.query(
        "select position from ledger.cursors where system = $1 and resource = $2",
        [system, resource],
    )
    return found[0][0] if found else None


def move_cursor(warehouse: Warehouse, system: str, resource: str, position: str) -> None:
    source = [system, resource]
    warehouse.query("delete from ledger.cursors where system = $1 and resource = $2", source)
    warehouse.query("insert into ledger.cursors values ($1, $2, $3, $4)", [*source, position, warehouse.clock()])


def start_run(warehouse: Warehouse, run_id: str, closing_date: date) -> None:
    now = warehouse.clock()
    with warehouse.transaction("run started"):
        warehouse.query(
            "update ledger.runs set outcome = 'abandoned', ended_at = $1 where outcome = 'running' and run_id <> $2",
            [now, run_id],
        )
        warehouse.query("delete from ledger.runs where run_id = $1", [run_id])
        warehouse.query(
            "insert into ledger.runs values ($1, $2, $3, null, 'running', null, null)",
            [run_id, closing_date, now],
        )


def end_run(warehouse: Warehouse, run_id: str, outcome: str, version: str | None, reason: str | None) -> None:
    with warehouse.transaction("run ended"):
        warehouse.query(
            "update ledger.runs set outcome = $2, version = $3, reason = $4, ended_at = $5 where run_id = $1",
            [run_id, outcome, version, reason, warehouse.clock()],
        )


def set_closing(
    warehouse: Warehouse, closing_date: date, run_id: str, org_code: str, cut_at: datetime | None = None
) -> None:
    values = {"closing_date": closing_date, "run_id": run_id, "org_code": org_code, "cut_at": cut_at}
    with warehouse.transaction("closing date set"):
        warehouse.query(SET_CLOSING, values)


def record_checks(warehouse: Warehouse, run_id: str, table: str, outcomes: Sequence[Outcome]) -> None:
    """The newest verdicts of a run on a table; checking twice leaves the second."""
    now = warehouse.clock()
    with warehouse.transaction(f"checks of {table}"):
        warehouse.query("delete from ledger.checks where run_id = $1 and checked_table = $2", [run_id, table])
        for outcome in outcomes:
            warehouse.query(
                "insert into ledger.checks values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                [
                    run_id,
                    table,
                    outcome.rule.name,
                    outcome.rule.severity,
                    outcome.success,
                    outcome.unexpected_count,
                    outcome.element_count,
                    now,
                    outcome.rule.version,
                    outcome.rule.message,
                    outcome.rule.advice,
                ],
            )
