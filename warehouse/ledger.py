"""What the warehouse remembers of its own work: runs, cursors, closing dates and checks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from warehouse.database import Database
from warehouse.validation import Outcome
from warehouse.whole_readings import hold_back


# A closing date before the first observation cannot be cut at "first seen": then everything known counts.
SET_CLOSING = """
create or replace table reference.closing as
with observed as (
    select min(first_seen_at) as since from raw.versions
    where system = 'portal' and resource = 'dossiers' and isfinite(first_seen_at)
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


NEWEST_INSTANT = """
select max(noted_at) from (
    select max(greatest(started_at, coalesce(ended_at, started_at))) as noted_at from ledger.runs
    where run_id not in (select run_id from ledger.withdrawals)
    union all
    select max(greatest(started_at, coalesce(ended_at, started_at))) from ledger.extractions
    where run_id not in (select run_id from ledger.withdrawals)
    union all
    select max(published_at) from ledger.publications
    where run_id not in (select run_id from ledger.withdrawals)
)
"""

# One row per system and resource: what all its attempts in the run came to, and what stopped the last of them.
ATTEMPTS = """
select
    system,
    resource,
    sum(records)::bigint                                as records,
    sum(landed)::bigint                                 as landed,
    sum(requests)::bigint                               as requests,
    sum(retries)::bigint                                as retries,
    max_by(outcome, extraction_id) = 'succeeded'        as has_succeeded,
    -- The kind of error stands before its words.
    max_by(regexp_replace(error, '^\\w+: ', ''), extraction_id) as error,
    coalesce(max_by(starts_with(error, 'SourceRefused'), extraction_id), false) as is_refused
from ledger.extractions
where run_id = $1
group by system, resource
order by min(extraction_id)
"""


@dataclass(frozen=True)
class Attempt:
    """What reading one collection came to in one run."""

    system: str
    resource: str
    records: int
    landed: int
    requests: int
    retries: int
    has_succeeded: bool
    error: str | None
    is_refused: bool = False


@dataclass(frozen=True)
class RunSummary:
    """`version`: what the run published; None where it published nothing."""

    version: str | None
    attempts: list[Attempt]


def summary(database: Database, run_id: str) -> RunSummary:
    """What the ledger holds of a run."""
    found = database.query("select version from ledger.runs where run_id = $1", [run_id])
    return RunSummary(found[0][0] if found else None, [Attempt(*row) for row in database.query(ATTEMPTS, [run_id])])


def close_orphans(database: Database) -> None:
    """Whoever opens the warehouse holds its lock, so an extraction that still runs is one whose process is gone."""
    orphans = database.query("select distinct system, resource from ledger.extractions where outcome = 'running'")
    if orphans:
        with database.transaction("orphans closed"):
            database.query(
                "update ledger.extractions set outcome = 'abandoned', ended_at = $1 where outcome = 'running'",
                [database.clock()],
            )
            for system, resource in orphans:
                hold_back(database, system, resource)


def cursor(database: Database, system: str, resource: str) -> str | None:
    found = database.query(
        "select position from ledger.cursors where system = $1 and resource = $2",
        [system, resource],
    )
    return found[0][0] if found else None


def move_cursor(database: Database, system: str, resource: str, position: str) -> None:
    source = [system, resource]
    database.query("delete from ledger.cursors where system = $1 and resource = $2", source)
    database.query("insert into ledger.cursors values ($1, $2, $3, $4)", [*source, position, database.clock()])


def forget_cursor(database: Database, system: str, resource: str) -> None:
    """The collection is read from its beginning."""
    database.query("delete from ledger.cursors where system = $1 and resource = $2", [system, resource])


def part_of(resource: str, part: str) -> str:
    """Under which a part of a collection has a cursor of its own."""
    return f"{resource}/{part}"


def parts(database: Database, system: str, resource: str) -> dict[str, str]:
    """Name of a part → its position, of what was read in parts and is not yet whole."""
    found = database.query(
        "select resource, position from ledger.cursors where system = $1 and starts_with(resource, $2)",
        [system, part_of(resource, "")],
    )
    return {name.removeprefix(part_of(resource, "")): position for name, position in found}


def forget_parts(database: Database, system: str, resource: str) -> None:
    database.query(
        "delete from ledger.cursors where system = $1 and starts_with(resource, $2)", [system, part_of(resource, "")]
    )


def start_run(database: Database, run_id: str, closing_date: date) -> None:
    now = database.clock()
    with database.transaction("run started"):
        database.query(
            "update ledger.runs set outcome = 'abandoned', ended_at = $1 where outcome = 'running' and run_id <> $2",
            [now, run_id],
        )
        database.query("delete from ledger.runs where run_id = $1", [run_id])
        database.query(
            "insert into ledger.runs values ($1, $2, $3, null, 'running', null, null)",
            [run_id, closing_date, now],
        )


def end_run(
    database: Database, run_id: str, outcome: str, version: str | None = None, reason: str | None = None
) -> None:
    with database.transaction("run ended"):
        database.query(
            "update ledger.runs set outcome = $2, version = $3, reason = $4, ended_at = $5 where run_id = $1",
            [run_id, outcome, version, reason, database.clock()],
        )


def set_closing(
    database: Database, closing_date: date, run_id: str, org_code: str = "H19", cut_at: datetime | None = None
) -> None:
    values = {"closing_date": closing_date, "run_id": run_id, "org_code": org_code, "cut_at": cut_at}
    with database.transaction("closing date set"):
        database.query(SET_CLOSING, values)


def record_checks(database: Database, run_id: str, table: str, outcomes: Sequence[Outcome]) -> None:
    """The newest verdicts of a run on a table; checking twice leaves the second."""
    now = database.clock()
    with database.transaction(f"checks of {table}"):
        database.query("delete from ledger.checks where run_id = $1 and checked_table = $2", [run_id, table])
        for outcome in outcomes:
            database.query(
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


def newest_instant(database: Database) -> datetime | None:
    """The last instant at which anything was entered: what is entered from now on is not earlier."""
    ((newest,),) = database.query(NEWEST_INSTANT)
    found: datetime | None = newest
    return found


def closing_date_of(database: Database, run_id: str) -> date | None:
    found = database.query("select closing_date from ledger.runs where run_id = $1", [run_id])
    return found[0][0] if found else None


def is_running(database: Database, run_id: str) -> bool:
    return bool(database.query("select 1 from ledger.runs where run_id = $1 and outcome = 'running'", [run_id]))


def checked_tables(database: Database, run_id: str) -> set[str]:
    """The tables whose rules were asked in that run."""
    return {
        table
        for (table,) in database.query("select distinct checked_table from ledger.checks where run_id = $1", [run_id])
    }


def closing(database: Database) -> tuple[str, date] | None:
    """The run that made the tables as they stand, and its closing date; None before the first."""
    found = database.query("select run_id, closing_date from reference.closing")
    return (found[0][0], found[0][1]) if found else None
