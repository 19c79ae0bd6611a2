"""Which closing dates stay in sight, by their dates alone."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from warehouse import building, ledger, retention
from warehouse.database import Database
from warehouse.published_folder import attached
from warehouse.publishing import Published, publish


FIRST, NEWEST = date(2025, 1, 10), date(2025, 12, 15)


def days(begin: date, end: date) -> list[date]:
    return [begin + timedelta(days=number) for number in range((end - begin).days + 1)]


@pytest.fixture
def kept_days(warehouse: Database) -> None:
    warehouse.query("create table reference.retention as select 'closing_days' as name, 100 as value")


def older(found: list[date]) -> list[str]:
    return [f"{day:%d/%m}" for day in found if day <= NEWEST - timedelta(days=100)]


@pytest.mark.usefixtures("kept_days")
def test_the_last_hundred_days_stay_and_of_the_older_the_first_and_the_ends_of_months(warehouse: Database) -> None:
    found = retention.kept(warehouse, days(FIRST, NEWEST))
    assert [day for day in found if day > NEWEST - timedelta(days=100)] == days(NEWEST - timedelta(days=99), NEWEST)
    assert older(found) == ["10/01", "31/01", "28/02", "31/03", "30/04", "31/05", "30/06", "31/07", "31/08"]


@pytest.mark.usefixtures("kept_days")
def test_where_the_end_of_a_month_is_missing_its_last_day_and_the_first_that_has_all_of_it_stay(
    warehouse: Database,
) -> None:
    missing = [*days(date(2025, 3, 30), date(2025, 4, 2)), *days(date(2025, 6, 1), date(2025, 7, 4))]
    found = retention.kept(warehouse, [day for day in days(FIRST, NEWEST) if day not in missing])
    assert older(found) == [
        "10/01", "31/01", "28/02", "29/03", "03/04", "30/04", "31/05", "05/07", "31/07", "31/08",
    ]  # fmt: skip


@pytest.mark.usefixtures("kept_days")
def test_the_closing_date_by_which_a_period_was_closed_stays(warehouse: Database) -> None:
    warehouse.query(
        "insert into ledger.closings (period, number, closing_date) values ('2025-Q1', 1, date '2025-04-09')"
    )
    assert "09/04" in older(retention.kept(warehouse, days(FIRST, NEWEST)))


def test_without_a_number_every_closing_date_stays(warehouse: Database) -> None:
    assert retention.kept(warehouse, days(FIRST, NEWEST)) == days(FIRST, NEWEST)


def night(warehouse: Database, folder: Path, closing: date) -> Published:
    """A figure and a restatement of a closing date."""
    ledger.set_closing(warehouse, closing, "r")
    for table in ("marts.indicator_result", "marts.restatement"):
        warehouse.query(f"create table if not exists {table} (closing_date date, actual integer)")
        warehouse.query(f"delete from {table} where closing_date = $1", [closing])
        warehouse.query(f"insert into {table} values ($1, 1)", [closing])
    return publish(warehouse, folder, run_id="r", closing_date=closing)


def test_publication_and_warehouse_hold_the_same_dates_and_restatements_are_never_thinned(
    warehouse: Database, tmp_path: Path
) -> None:
    warehouse.query("create table reference.retention as select 'closing_days' as name, 2 as value")
    published = [night(warehouse, tmp_path, day) for day in days(date(2025, 3, 30), date(2025, 4, 4))][-1]
    stays = ["2025-03-30", "2025-03-31", "2025-04-03", "2025-04-04"]
    with attached(warehouse, published.path, "held", "read_only"):
        for catalog in ("warehouse", "held"):
            assert dates(warehouse, f"{catalog}.marts.indicator_result") == stays
            assert len(dates(warehouse, f"{catalog}.marts.restatement")) == 6


def test_a_past_closing_date_that_is_computed_again_is_there_until_the_next_night(
    warehouse: Database, tmp_path: Path
) -> None:
    warehouse.query("create table reference.retention as select 'closing_days' as name, 2 as value")
    for day in days(date(2025, 3, 30), date(2025, 4, 4)):
        night(warehouse, tmp_path, day)
    again = night(warehouse, tmp_path, date(2025, 4, 1))
    with attached(warehouse, again.path, "held", "read_only"):
        assert "2025-04-01" in dates(warehouse, "held.marts.indicator_result")
        assert "2025-04-01" in dates(warehouse, "warehouse.marts.indicator_result")
    after = night(warehouse, tmp_path, date(2025, 4, 5))
    with attached(warehouse, after.path, "held", "read_only"):
        assert "2025-04-01" not in dates(warehouse, "held.marts.indicator_result")


def dates(warehouse: Database, table: str) -> list[str]:
    assert building.columns(warehouse, table)
    return [f"{day}" for (day,) in warehouse.query(f"select closing_date from {table} order by all")]
