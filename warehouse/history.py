"""What was published, by which definitions and from what: enough to compute it again, and to say why it changed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from warehouse import building, published_folder, standing
from warehouse.damage import DamagedFile
from warehouse.database import Database


PARTITIONED = ("marts.indicator_result",)
# They tell of more than the closing date: the newest day's board, what changed between two, words about tables.
OF_MORE_THAN_ONE_DAY = (
    "marts.scoreboard",
    "marts.headline_result",
    "marts.restatement",
    "marts.due_date_change",
    "marts.quality",
    "core.rule_results",
    "reference.home",
)
COMPARABLE = """
select schema_name || '.' || table_name from duckdb_tables()
where database_name = 'warehouse' and schema_name in ('core', 'reference', 'marts')
order by all
"""

# Of the day on which a closing date was first published, the last: what stood when the next day came.
THEN = """
select version, closing_date, published_at, cut_at, reference_version, versions
from ledger.publications
where closing_date = $1 and version not in (select version from ledger.withdrawals)
qualify local_day(published_at) = min(local_day(published_at)) over ()
order by published_at desc, version desc
limit 1
"""

# A closing date is compared with the one published before it; one of the past with itself as it was published.
BEFORE = """
with known as (
    select
        max(closing_date)                                           as newest,
        max(closing_date) filter (where closing_date < $closing)    as predecessor,
        max(closing_date) filter (where closing_date = $closing)    as itself
    from ledger.publications
    where version not in (select version from ledger.withdrawals)
),

chosen as (
    select case when $closing < newest then itself else coalesce(predecessor, itself) end as closing_date from known
)

select publication.closing_date, publication.version, publication.published_at, publication.versions
from ledger.publications as publication
inner join chosen using (closing_date)
where publication.version not in (select version from ledger.withdrawals)
order by publication.published_at desc, publication.version desc
limit 1
"""

FIGURES = """
insert into ledger.figures_before
select indicator, definition, unit_code, applicant_group, period_calendar, period_kind, period_start, period_end,
    numerator, denominator, quarantined
from {source}.marts.indicator_result
where closing_date = $1
"""


# As in a manifest: table → rows and content_hash.
Hashes = dict[str, Any]


@dataclass(frozen=True)
class Publication:
    version: str
    closing_date: date
    published_at: datetime
    cut_at: datetime
    reference_version: str | None
    versions: dict[str, str]

    @classmethod
    def of(cls, row: tuple[Any, ...]) -> Publication:
        version, closing_date, published_at, cut_at, reference_version, versions = row
        return cls(version, closing_date, published_at, cut_at, reference_version, json.loads(versions))


def closed_versions(database: Database) -> set[str]:
    """Whose figures were closed, and whose hash stands in minutes: the lists behind them are nowhere else."""
    return {version for (version,) in database.query("select distinct version from ledger.closings")}


def versions(database: Database) -> list[str]:
    """The name of everything that was ever published."""
    return [version for (version,) in database.query("select version from ledger.publications")]


def versions_of_definitions(database: Database) -> dict[str, str]:
    """Content hashes of definitions, targets and calendar, where reference data have been loaded."""
    if not building.columns(database, "reference.versions"):
        return {}
    return dict(database.query("select name, content_hash from reference.versions order by name"))


def as_published(database: Database, closing_date: date) -> Publication | None:
    """What was published for that closing date on the day it was first published; None if never."""
    found = database.query(THEN, [closing_date])
    return Publication.of(found[0]) if found else None


def publication(database: Database, version: str) -> Publication | None:
    """None: nothing of that name was ever published."""
    found = database.query(
        "select version, closing_date, published_at, cut_at, reference_version, versions"
        " from ledger.publications where version = $1",
        [version],
    )
    return Publication.of(found[0]) if found else None


def forget_records(database: Database, closing_date: date) -> None:
    """Of a closing date of which no publication stands any more: its records are those of no newest day."""
    standing = database.query(
        "select 1 from ledger.publications"
        " where closing_date = $1 and version not in (select version from ledger.withdrawals)",
        [closing_date],
    )
    if not standing:
        for kept in ("published_dossiers", "published_records"):
            database.query(f"delete from ledger.{kept} where closing_date = $1", [closing_date])


def replay(database: Database, run_id: str, version: str) -> None:
    """From now on the run computes that publication again."""
    with database.transaction("replay begun"):
        database.query("delete from ledger.replays where run_id = $1", [run_id])
        database.query("insert into ledger.replays values ($1, $2)", [run_id, version])


def replayed(database: Database, run_id: str) -> Publication | None:
    """The publication that a run computes again, if it does."""
    found = database.query(
        "select version, closing_date, published_at, cut_at, reference_version, versions"
        " from ledger.publications inner join ledger.replays using (version) where replays.run_id = $1",
        [run_id],
    )
    return Publication.of(found[0]) if found else None


def differences(database: Database, version: str) -> list[str]:
    """The tables that do not hold now, as built, what they held in that publication."""
    then = dict(
        database.query("select table_name, content_hash from ledger.published_tables where version = $1", [version])
    )
    now = {table: content_hash for table, _, content_hash in fingerprints(database)}
    return sorted(table for table in then.keys() | now.keys() if then.get(table) != now.get(table))


def fingerprints(database: Database, known: Hashes | None = None) -> list[tuple[str, int, str]]:
    """Rows and hash of every table as it stands for the closing date in hand; `known` are tables hashed already."""
    found = []
    for (table,) in database.query(COMPARABLE):
        if known and table in known and table not in (*PARTITIONED, *OF_MORE_THAN_ONE_DAY):
            found.append((table, known[table]["rows"], known[table]["content_hash"]))
        elif table not in OF_MORE_THAN_ONE_DAY:
            where = building.THIS_PARTITION if table in PARTITIONED else "true"
            ((rows,),) = database.query(f"select count(*) from {table} where {where}")
            found.append((table, rows, building.table_hash(database, table, where=where)))
    return found


def closing_dates(database: Database) -> list[date]:
    """Those that were ever published."""
    return [day for (day,) in database.query("select distinct closing_date from ledger.publications")]


def compare_with(
    database: Database, folder: Path, closing_date: date, tell: standing.Tell = lambda damaged: None
) -> None:
    """Puts the figures that the closing date is to be compared with where the models find them.

    `tell` gets a sentence where they are those of the warehouse, since the published file is damaged.
    """
    published = standing.standing(folder, tell)
    found = database.query(BEFORE, {"closing": closing_date}) if published else []
    with database.transaction("comparison set"):
        database.query("delete from ledger.compared")
        database.query("delete from ledger.figures_before")
        for before, version, published_at, versions in found:
            database.query(
                "insert into ledger.compared values ($1, $2, $3, $4, $5)",
                [before, closing_date, version, published_at, versions],
            )
    if found and published:
        try:
            with published_folder.attached(database, published.path, "published_before", "read_only"):
                set_figures_before(database, "published_before", found[0][0])
        except DamagedFile:
            tell(standing.DAMAGED.format(version=published.version))
            if found[0][0] in standing.published_days(database, tell):
                set_figures_before(database, "warehouse", found[0][0])


def set_figures_before(database: Database, source: str, closing_date: date) -> None:
    if building.columns(database, f"{source}.marts.indicator_result"):
        with database.transaction("figures before"):
            database.query("delete from ledger.figures_before")
            database.query(FIGURES.format(source=source), [closing_date])


def remember(database: Database, version: str, run_id: str, closing_date: date, known: Hashes | None = None) -> None:
    """Enters a publication into the ledger, with the records behind it where it is the newest day's."""
    now = database.clock()
    versions = versions_of_definitions(database)
    tables = fingerprints(database, known)
    with database.transaction("publication remembered"):
        database.query(
            "insert into ledger.publications values ($1, $2, $3, $4, $5, $6, $7)",
            [
                version,
                closing_date,
                run_id,
                now,
                now + timedelta(microseconds=1),
                versions.get("reference"),
                json.dumps(versions),
            ],
        )
        # In one statement: two hundred take a tenth of the time that a small publication does.
        columns = zip(("table_name", "rows", "content_hash"), zip(*tables, strict=True), strict=False)
        with database.registered("told", pa.table({name: list(values) for name, values in columns})):
            if tables:
                database.query("insert into ledger.published_tables select $1, * from told", [version])
        keep_records(database, closing_date)


def keep_records(database: Database, closing_date: date) -> None:
    """The records of this closing date and of the one before it, of those that have been the newest."""
    for kept, facts in (("published_dossiers", "dossier_facts"), ("published_records", "records")):
        here = building.columns(database, f"indicators.{facts}")
        ((newest,),) = database.query(f"select max(closing_date) from ledger.{kept}")
        if not here or (newest and closing_date < newest):
            continue
        database.query(f"delete from ledger.{kept} where closing_date = $1", [closing_date])
        database.query(f"delete from ledger.{kept} where closing_date < (select max(closing_date) from ledger.{kept})")
        names = ", ".join(f'"{name}"' for name in building.columns(database, f"ledger.{kept}") if name in here)
        database.query(
            f"insert into ledger.{kept} by name select $1::date as closing_date, {names} from indicators.{facts}",
            [closing_date],
        )
