"""The aggregate edition: no small cell, none that sums would tell, no record, and nothing that is not classified."""

from datetime import date
from itertools import product
from pathlib import Path
from random import Random

import duckdb
import numpy as np
import pytest

from tests.support.source import Clock
from tests.support.warehouses import loaded_warehouse
from tests.warehouse.test_publishing import publish_figures
from warehouse import building, ledger
from warehouse.aggregate import edition
from warehouse.aggregate.suppression import LEAST, Cell, Sum, hidden, sums_of, with_own
from warehouse.database import Database
from warehouse.models import load
from warehouse.publishing import publish
from warehouse.reading import latest, sha256_of
from warehouse.records import edition as records
from warehouse.withdrawing import withdraw


JUNE, JULY = date(2025, 6, 30), date(2025, 7, 31)
MEMBERS = {"VP": frozenset({"A", "B"}), "H19": frozenset({"A", "B", "C", "D", "VP"})}


def figures(text: str) -> dict[Cell, int]:
    """`MT1 A 3`, a cell a word group; scopes are added up."""
    found: dict[Cell, int] = {}
    for line in text.split(","):
        indicator, unit, value = line.split()
        for own in (unit, *(scope for scope, units in MEMBERS.items() if unit in units)):
            found[indicator, own] = found.get((indicator, own), 0) + int(value)
    return found


def unique(values: dict[Cell, int], sums: list[Sum], gone: set[Cell]) -> set[Cell]:
    """Hidden cells to which linear algebra finds one value alone."""
    open_ones = [one for one in sums if not gone & set(one.totals)]
    place = {cell: number for number, cell in enumerate(sorted(gone))}
    rows = [[float(cell in one.parts) for cell in place] for one in open_ones]
    matrix = np.array(rows).reshape(len(rows), len(place))
    rank = np.linalg.matrix_rank(matrix) if matrix.size else 0
    return {
        cell
        for cell, number in place.items()
        if np.linalg.matrix_rank(np.vstack([matrix, np.eye(len(place))[number]])) == rank
    }


@pytest.mark.parametrize(
    ("told", "gone"),
    [
        ("MT1 A 50, MT1 B 60, MT1 C 70", ""),
        # The smallest other that is large enough goes with it.
        ("MT1 A 3, MT1 B 60, MT1 C 70, MT1 D 5", "A B"),
        # Outside the Office: within H19, and within what is left of it without the Office.
        ("MT1 A 50, MT1 B 60, MT1 C 3, MT1 D 9", "C D"),
        # Nothing else is large enough: the total goes, and what would tell it.
        ("MT1 A 3, MT1 B 0, MT1 C 70, MT1 D 80", "A VP C H19"),
        ("MT1 A 0, MT1 B 60", ""),
    ],
)
def test_which_cells_go(told: str, gone: str) -> None:
    values = figures(told)
    found = {unit for _, unit in hidden(values, sums_of(values, MEMBERS))}
    assert found >= set(gone.split()) - {"C", "H19"}
    assert not unique(values, sums_of(values, MEMBERS), hidden(values, sums_of(values, MEMBERS)))
    assert bool(found) == bool(gone)


def test_a_clause_does_not_tell_what_a_part_of_it_hides() -> None:
    values = {("MT1", "A"): 40, ("MT1a", "A"): 2, ("MT1b", "A"): 38, ("MT1", "B"): 20, ("MT1a", "B"): 9}
    assert hidden(values, sums_of(values, {})) == {("MT1a", "A"), ("MT1b", "A")}


@pytest.mark.parametrize("seed", range(40))
def test_no_hidden_cell_is_found_by_any_combination_of_sums(seed: int) -> None:
    chance = Random(seed)
    parts = figures(
        ",".join(
            f"{name} {unit} {chance.choice((0, 2, 3, 6, 9, 40))}" for name, unit in product(("MT1a", "MT1b"), "ABCD")
        )
    )
    values = parts | {("MT1", unit): parts["MT1a", unit] + parts["MT1b", unit] for unit in ("VP", "H19", *"ABCD")}
    sums = sums_of(values, MEMBERS)
    gone = hidden(values, sums)
    assert gone >= {cell for cell, value in values.items() if 0 < value < LEAST}
    assert not unique(values, sums, gone)


def test_what_a_scope_counts_beyond_its_units_is_a_cell_too() -> None:
    values = {("MT1", "A"): 40, ("MT1", "B"): 9, ("MT1", "VP"): 52, ("MT1", "C"): 8, ("MT1", "H19"): 60}
    cells, members = with_own(values, MEMBERS)
    assert {cell: count for cell, count in cells.items() if cell not in values} == {("MT1", "VP (own)"): 3}
    # Three dossiers of the Office itself would be 52 less what its two units show.
    gone = hidden(cells, sums_of(cells, members))
    assert ("MT1", "B") in gone
    assert not unique(cells, sums_of(cells, members), gone)


def test_every_published_table_is_classified(tmp_path: Path) -> None:
    built = {model.table for model in load() if model.schema in ("core", "marts")}
    with loaded_warehouse(tmp_path, Clock()) as warehouse:
        given = set(building.tables_of(warehouse, "warehouse", ["reference"]))
    assert len(given) > 40
    assert (built | given) - edition.treatments().keys() == set()
    assert set(edition.treatments().values()) == {edition.AS_IS, edition.SUPPRESSED, edition.LEFT_OUT}
    assert records.treatments().keys() == edition.treatments().keys()
    assert set(records.treatments().values()) == {records.AS_IS, records.MASKED, records.LEFT_OUT}


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / edition.POINTER), read_only=True) as reader:
        return reader.execute(sql).fetchall()


@pytest.fixture
def folder(warehouse: Database, tmp_path: Path) -> Path:
    """Figures of two units and their scope, as they are published; a dossier beside them."""
    warehouse.query("create table core.dossiers as select 'H19.1' as dossier_code")
    warehouse.query("create table reference.indicators as select 'MT1' as indicator, 'all' as applicant_group")
    warehouse.query(
        "create table core.unit_scope_spans as select 'VP' as scope_code, unit_code,"
        " date '0001-01-01' as holds_from, date '9999-12-31' as holds_to"
        " from (values ('A'), ('B'), ('C')) u (unit_code)"
    )
    warehouse.query(
        "create table marts.indicator_result as select date '2025-06-30' as closing_date, 'MT1' as indicator,"
        " 'R1' as definition, unit_code, unit_code as unit_name, unit_code = 'VP' as is_rollup,"
        " date '2025-01-01' as period_start, date '2025-06-30' as period_end, n as numerator, d as denominator,"
        " n / d as actual, '>=' as operator, 0.98 as target, 'Đạt' as verdict, 'QĐ' as citation,"
        " 'all' as applicant_group, true as is_headline, 'iso' as period_calendar, kind as period_kind"
        " from (values ('A', 3, 8), ('B', 20, 21), ('C', 30, 30), ('VP', 53, 59)) u (unit_code, n, d),"
        " (values ('year_to_date'), ('month')) k (kind)"
    )
    warehouse.query(
        "create table marts.scoreboard as select 1 as position, 'MT1' as indicator, 'x' as label, '>=' as operator,"
        " 0.98 as target, 'Đạt' as verdict, date '2025-06-30' as as_of, 'QĐ' as citation, 'R1' as definition,"
        " 'VP' as unit_code"
    )
    return tmp_path / "published"


def published(warehouse: Database, folder: Path) -> str:

    ledger.set_closing(warehouse, JUNE, "r")
    return publish(warehouse, folder, run_id="r", closing_date=JUNE).version


def test_the_edition_has_figures_without_small_cells_and_no_record(warehouse: Database, folder: Path) -> None:
    published(warehouse, folder)
    own = edition.folder_of(folder)
    assert rows(own, "select unit_code, numerator, denominator, actual, is_suppressed from marts.indicator_result") == [
        ("A", None, 8, None, True),
        ("B", None, 21, None, True),
        ("C", 30, 30, 1.0, False),
        ("VP", 53, 59, 53 / 59, False),
    ]
    assert rows(own, "select numerator, denominator, is_suppressed from marts.scoreboard") == [(53, 59, False)]
    tables = {name for (name,) in rows(own, "select schema_name || '.' || table_name from duckdb_tables()")}
    assert not [table for table in tables if table.startswith("core.")]
    assert (own / edition.POINTER).resolve().stat().st_mode & 0o337 == 0


def test_the_manifest_tells_its_hashes_and_the_whole_edition_is_as_it_was(warehouse: Database, folder: Path) -> None:

    published(warehouse, folder)
    whole = latest(folder)
    assert whole
    part = whole.manifest["aggregate"]
    assert part["file_sha256"] == sha256_of((edition.folder_of(folder) / edition.POINTER).resolve())
    assert part["tables"]["marts.indicator_result"]["rows"] == 4
    assert "core.dossiers" in whole.manifest["tables"]
    assert whole.manifest["file_sha256"] == sha256_of(whole.path)


def test_it_goes_with_the_publication_and_keeps_no_history(warehouse: Database, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    versions = [publish_figures(warehouse, folder, day, 1).version for day in (JUNE, JULY, JULY)]
    own = edition.folder_of(folder)
    assert sorted(path.stem for path in own.glob("mtcl-2*.duckdb")) == versions[1:]
    assert (own / edition.POINTER).resolve().stem == versions[2]
    withdraw(warehouse, folder, versions[2], "sai")
    assert (own / edition.POINTER).resolve().stem == versions[1]
    withdraw(warehouse, folder, versions[1], "sai")
    assert not (own / edition.POINTER).is_symlink()
