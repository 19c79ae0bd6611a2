"""Every model of the product: what a night leaves standing is what making everything anew would come to."""

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from connectors.simulator.server import Simulator
from tests.support.office import LAST_DAY, Office, small
from warehouse import building, ledger, models, unchanged
from warehouse.database import Database
from warehouse.opening import open_warehouse


CHANGES = 12
# What a source, an officer or a new edition of a list may do to one table.
OF_RAW = (
    "delete from {table} where record_key in (select record_key from {table} order by md5(record_key || $1) limit 3)",
    "update {table} set withdrawn_at = timestamptz '2025-06-01'"
    " where record_key in (select record_key from {table} order by md5(record_key || $1) limit 3)",
    "insert into {table} select record_key || $1, * exclude (record_key) from {table}"
    " order by md5(record_key || $1) limit 3",
    "update {table} set last_seen_at = last_seen_at + interval 1 hour, run_id = $1",
)
OF_REFERENCE = ("delete from {table} where md5(to_json(one)::varchar || $1) < '1'",)


def change(database: Database, chance: Random) -> str:
    """Something that happens to one table, or another day; returns what, for whoever reads a failure."""
    of_raw = chance.random() < 0.7
    statement = chance.choice(OF_RAW if of_raw else OF_REFERENCE)
    schema = "raw" if of_raw else "reference"
    tables = [
        table
        for table in building.tables_of(database, "warehouse", [schema])
        if table not in ("reference.closing", "reference.versions")
    ]
    table = chance.choice([table for table in tables if building.rows(database, table)])
    database.query(statement.format(table=f"{table} as one" if not of_raw else table), [str(chance.random())])
    return f"{table}: {statement}"


def contents(database: Database) -> dict[str, str]:
    return {one.table: building.table_hash(database, one.table) for one in models.load() if one.kind == "table"}


@pytest.mark.soak
def test_what_stands_is_what_making_everything_anew_comes_to(tmp_path: Path) -> None:
    seed = Random().randrange(1_000_000)
    known, chance = models.load(), Random(seed)
    with Simulator(small()) as simulator:
        office = Office(tmp_path / "home", simulator.environment, LAST_DAY)
        assert office.night().success
    here, anew = office.home / "warehouse.duckdb", tmp_path / "anew.duckdb"
    told: list[str] = []
    day: date = LAST_DAY
    for number in range(CHANGES):
        with open_warehouse(here, clock=office.run_settings.clock) as database:
            told.append(change(database, chance))
            day = LAST_DAY - timedelta(days=chance.choice((0, 0, 0, 1, 40)))
            ledger.set_closing(database, day, f"run {number}")
            made = [one.table for one in known if unchanged.make(database, one).is_new]
            standing = contents(database)
        assert len(made) < len(known)
        shutil.copyfile(here, anew)
        with open_warehouse(anew, clock=office.run_settings.clock) as database:
            for one in known:
                building.build(database, one)
            everything = contents(database)
        differing = {table for table, told_hash in everything.items() if standing[table] != told_hash}
        assert not differing, (seed, told, day)
        print(f"{told[-1]} ({day}): {len(made)} of {len(known)} models made")
