"""Damage goes one way: a published file that is damaged is rebuilt from the warehouse, which nobody suspects for it."""

import os
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse import history, ledger
from warehouse.damage import mark_of
from warehouse.database import Database
from warehouse.publishing import PublicationRefused, Published, publish


MAY, JUNE, JULY = date(2025, 5, 31), date(2025, 6, 30), date(2025, 7, 31)
COLUMNS = (
    "closing_date date, indicator varchar, definition varchar, unit_code varchar, applicant_group varchar,"
    " period_calendar varchar, period_kind varchar, period_start date, period_end date, numerator bigint,"
    " denominator bigint, quarantined bigint, run_id varchar"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published"


def built(warehouse: Database, closing_date: date, figure: int, run_id: str) -> None:
    """One figure of a closing date as a run leaves it in the warehouse."""
    ledger.set_closing(warehouse, closing_date, run_id)
    warehouse.query(f"create table if not exists marts.indicator_result ({COLUMNS})")
    warehouse.query("delete from marts.indicator_result where closing_date = $1", [closing_date])
    warehouse.query(
        "insert into marts.indicator_result by name select $1 as closing_date, 'MT1' as indicator, 'R1' as definition,"
        " 'VP' as unit_code, 'all' as applicant_group, 'iso' as period_calendar, 'month' as period_kind,"
        " date_trunc('month', $1) as period_start, $1 as period_end, $2 as numerator, $3 as run_id",
        [closing_date, figure, run_id],
    )
    # Enough that damage in the middle of the file meets data.
    filling = "select md5(range::varchar) as word from range(20000)"
    warehouse.query(f"create table if not exists core.filling as {filling}")


def published(warehouse: Database, folder: Path, closing_date: date, figure: int, told: list[str]) -> Published:
    run_id = f"run of {closing_date}"
    built(warehouse, closing_date, figure, run_id)
    return publish(warehouse, folder, run_id=run_id, closing_date=closing_date, tell=told.append)


def overwritten(file: Path) -> None:
    """Everything but the headers, so that the file opens and no question is answered."""
    file.chmod(0o600)
    with file.open("r+b") as stream:
        stream.seek(3 * 4096)
        stream.write(os.urandom(file.stat().st_size - 3 * 4096))


def cut(file: Path) -> None:
    file.chmod(0o600)
    os.truncate(file, file.stat().st_size // 2)


def emptied(file: Path) -> None:
    file.chmod(0o600)
    os.truncate(file, 0)


def figures(version: Published) -> list[tuple[date, int]]:
    with duckdb.connect(str(version.path), read_only=True) as reader:
        return reader.execute("select closing_date, numerator from marts.indicator_result order by all").fetchall()


@pytest.mark.parametrize("damage", [overwritten, cut, emptied])
def test_the_next_version_is_whole_and_the_warehouse_is_not_suspected(
    warehouse: Database, folder: Path, damage: object
) -> None:
    told: list[str] = []
    published(warehouse, folder, MAY, 5, told)
    standing = published(warehouse, folder, JUNE, 6, told)
    # A run that was not published left its figure of May in the warehouse.
    built(warehouse, MAY, 55, "a run that failed")
    damage(standing.path)  # type: ignore[operator]  # parametrised
    assert told == []
    # May as an unpublished run left it is no publication; it can be computed again, and that is said.
    assert figures(published(warehouse, folder, JULY, 7, told)) == [(JUNE, 6), (JULY, 7)]
    assert not mark_of(warehouse.path).exists()
    assert any(standing.version in sentence for sentence in told)
    assert any("31/05/2025" in sentence for sentence in told)
    again: list[str] = []
    assert figures(published(warehouse, folder, JULY, 8, again)) == [(JUNE, 6), (JULY, 8)]
    assert again == []


def test_a_figure_changed_in_the_published_file_goes_no_further(warehouse: Database, folder: Path) -> None:
    told: list[str] = []
    standing = published(warehouse, folder, JUNE, 6, told)
    standing.path.chmod(0o600)
    with duckdb.connect(str(standing.path)) as stranger:
        stranger.execute("update marts.indicator_result set numerator = 100")
    assert figures(published(warehouse, folder, JULY, 7, told)) == [(JUNE, 6), (JULY, 7)]
    assert any(standing.version in sentence for sentence in told)


def test_a_past_day_beside_a_damaged_newest_is_refused_in_words(warehouse: Database, folder: Path) -> None:
    standing = published(warehouse, folder, JULY, 7, [])
    overwritten(standing.path)
    with pytest.raises(PublicationRefused, match=r"ngày chốt 31/07/2025"):
        published(warehouse, folder, JUNE, 6, [])
    assert not mark_of(warehouse.path).exists()


def test_changes_are_told_against_the_warehouse_where_the_published_file_is_damaged(
    warehouse: Database, folder: Path
) -> None:
    standing = published(warehouse, folder, JUNE, 6, [])
    overwritten(standing.path)
    told: list[str] = []
    history.compare_with(warehouse, folder, JULY, told.append)
    assert warehouse.query("select numerator from ledger.figures_before") == [(6,)]
    assert not mark_of(warehouse.path).exists()
    assert any(standing.version in sentence for sentence in told)


@pytest.mark.parametrize("left", [b"{", b"[]"])
def test_a_manifest_that_cannot_be_read_stops_no_publication(warehouse: Database, folder: Path, left: bytes) -> None:
    standing = published(warehouse, folder, JUNE, 6, [])
    manifest = standing.path.with_suffix(".json")
    manifest.chmod(0o600)
    manifest.write_bytes(left)
    told: list[str] = []
    assert figures(published(warehouse, folder, JULY, 7, told)) == [(JUNE, 6), (JULY, 7)]
    assert any(standing.version in sentence for sentence in told)
