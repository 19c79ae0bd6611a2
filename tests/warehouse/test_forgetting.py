"""Raw payloads whose time is over: what goes, what must stay, and that a cut is told from a change."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.source import Clock, pages, record
from warehouse import raw_integrity, raw_tables
from warehouse.database import Database
from warehouse.forgetting import Cut, droppable, forget
from warehouse.identity import Identity
from warehouse.landing import Extraction
from warehouse.models import load
from warehouse.raw_tables import CUT
from warehouse.rekeying import rekey


RATINGS, DOSSIERS = "raw.registers__ratings", "raw.portal__dossiers"


def landed(warehouse: Database, table: str, **bodies: str) -> None:
    system, _, resource = table.removeprefix("raw.").partition("__")
    with Extraction(warehouse, system, resource, run_id="r") as extraction:
        for page in pages([record(key, body) for key, body in bodies.items()]):
            extraction.add(page)
        extraction.finish(complete=True)


def kept_for(warehouse: Database, days: int | None) -> None:
    warehouse.query("create or replace table reference.retention as select 'closing_days' as name, 100 as value")
    if days is not None:
        warehouse.query("insert into reference.retention values ('raw_days', $1)", [days])


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def land(warehouse: Database, clock: Clock) -> None:
    """Day 0: ratings A (which changes on day 1), B; two dossiers. Day 10: A and H are gone from their sources."""
    landed(warehouse, RATINGS, A="1", B="1")
    landed(warehouse, DOSSIERS, H="1", I="1")
    clock.now += timedelta(days=1)
    landed(warehouse, RATINGS, A="2", B="1")
    clock.now += timedelta(days=9)
    landed(warehouse, RATINGS, B="1")
    landed(warehouse, DOSSIERS, I="1")
    clock.now += timedelta(days=90)


def payloads(warehouse: Database) -> list[tuple[str, int, bool]]:
    """Key, version, whether it is cut."""
    both = " union all ".join(
        f"select record_key, version, payload = $1 as cut from {table}" for table in (RATINGS, DOSSIERS)
    )
    return warehouse.query(f"{both} order by all", [CUT])


WHOLE = [("A", 1, False), ("A", 2, False), ("B", 1, False), ("H", 1, False), ("I", 1, False)]
A_CUT = [("A", 1, True), ("A", 2, True), *WHOLE[2:]]


@pytest.mark.usefixtures("land")
@pytest.mark.parametrize(
    ("days", "oldest", "cut", "after"),
    [
        (None, None, Cut(0, 0), WHOLE),
        # B and both dossiers were last seen ninety days ago or more, and figures stand on them.
        (60, None, Cut(2, 3), A_CUT),
        # Of before the source dropped it nothing has been forgotten for so long.
        (95, None, Cut(0, 3), WHOLE),
        (60, "2025-07-20", Cut(2, 3), A_CUT),
        # On that day the room still had A, and what was published of it can be computed again.
        (60, "2025-07-05", Cut(0, 5), WHOLE),
    ],
)
def test_what_a_number_of_days_cuts(
    warehouse: Database,
    tmp_path: Path,
    told: list[str],
    days: int | None,
    oldest: str | None,
    cut: Cut,
    after: list[tuple[str, int, bool]],
) -> None:
    if oldest:
        (tmp_path / f"mtcl-{oldest}-1.duckdb").touch()
        (tmp_path / f"mtcl-{oldest}-1.json").write_text(json.dumps({"closing_date": oldest}), encoding="utf-8")
    kept_for(warehouse, days)
    assert (forget(warehouse, tmp_path, told.append), payloads(warehouse)) == (cut, after)
    assert len(told) == bool(days)
    assert all(f"{cut.cut} bản" in one and f"còn {cut.left} bản" in one for one in told)


@pytest.mark.usefixtures("land")
def test_a_cut_is_no_damage_and_a_text_in_its_form_is(
    warehouse: Database, tmp_path: Path, told: list[str], clock: Clock
) -> None:
    kept_for(warehouse, 60)
    forget(warehouse, tmp_path, told.append)
    hashes = warehouse.query(f"select version, content_hash from {RATINGS} where record_key = 'A' order by all")
    entered = (
        "select version, content_hash from ledger.retention_cuts where days = 60 and resource = 'ratings' order by all"
    )
    assert warehouse.query(entered) == hashes
    assert raw_integrity.verify(warehouse, told.append, in_full=True) == 0
    assert forget(warehouse, tmp_path, told.append) == Cut(0, 3)
    # By a new key the row and its entry are known by the same new name.
    rekey(
        warehouse,
        Identity("H19"),
        "ai",
        lambda _, text: text.replace("A", "Z") if text == "A" else text,
    )
    assert raw_integrity.verify(warehouse, told.append, in_full=True) == 0
    warehouse.query(f"update {RATINGS} set payload = $1 where record_key = 'B'", [CUT])
    assert raw_integrity.verify(warehouse, told.append, in_full=True) == 1


@pytest.mark.usefixtures("land")
def test_what_the_source_shows_again_comes_whole(warehouse: Database, tmp_path: Path, told: list[str]) -> None:
    kept_for(warehouse, 60)
    forget(warehouse, tmp_path, told.append)
    landed(warehouse, RATINGS, A="2", B="1")
    assert payloads(warehouse)[:3] == [("A", 1, True), ("A", 2, True), ("A", 3, False)]


def test_nothing_goes_that_a_figure_may_still_read() -> None:
    safe = droppable(load())
    assert RATINGS in safe
    # The first promise of a dossier, the history of a procedure, what an objective said before.
    assert not {DOSSIERS, "raw.portal__procedures", "raw.registers__objectives", raw_tables.VERSIONS} & set(safe)
