"""A past closing date computed again: as it was published, bit for bit; or by today's definitions, and why not."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.support.evenings import Evenings
from warehouse import history


FIRST = date(2025, 5, 20)
ALIAS = "name,status_code,outcome,source\nTrả kết quả tại nhà,10,,Công văn của Sở\n"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Evenings]:
    evenings = Evenings(tmp_path)
    yield evenings
    evenings.dossiers.warehouse.__exit__(None, None, None)


def live(office: Evenings, evenings: int) -> None:
    """Every evening something comes, something is corrected, something goes; a unit leaves the directory."""
    office.on(FIRST).given_agencies("id | code | name | parent_id\nu1 | H19.01 | Sở Nội vụ |\nu2 | H19.02 | Sở Y tế |")
    for number in range(evenings):
        day = FIRST + timedelta(days=number)
        dossiers = office.on(day)
        dossiers.given(
            f"""
            code       | status              | completed         | unit
            N{number}  | Đã trả kết quả      | 2025-03-0{number % 9 + 1} 09:00 | H19.02
            C          | Đã xử lý xong       | 2025-03-{10 + number % 20} 09:00 | H19.01
            S{number}  | Trả kết quả tại nhà | 2025-03-07 09:00  | H19.01
            """
        )
        office.night(day)


def travel(office: Evenings, evenings: int) -> None:
    live(office, evenings)
    figures = "select indicator, definition, unit_code, period_start, period_kind, numerator, denominator, quarantined"
    figures += f" from marts.indicator_result where closing_date = '{FIRST}' order by all"
    published = office.dossiers.query(figures)
    # The newest day has other figures, and a mended map besides.
    office.adds("dossier_status_aliases.tinh.csv", ALIAS)
    last = FIRST + timedelta(days=evenings)
    office.on(last)
    office.list_whole([])
    office.dossiers.given("code | completed\nZ | 2025-03-07 09:00")
    office.night(last)
    assert office.again(FIRST) == []
    assert office.dossiers.query(figures) == published
    middle = FIRST + timedelta(days=evenings // 2)
    assert office.again(middle) == []
    # By today's definitions the same knowledge gives other figures, and the reason.
    office.night(FIRST)
    assert office.dossiers.query(figures) != published
    assert history.differences(office.dossiers.warehouse, f"mtcl-{FIRST}-1") != []
    month = [row[3:] for row in office.restated() if row[:3] == ("MT1", "R1", "2025-03-01")]
    assert month == [(1, 2, 1, 2, "released", "")]
    assert {row[0] for row in office.dossiers.query("select distinct closing_date_before from marts.restatement")} >= {
        FIRST
    }
    # And back: what was published then can be had again, although something else was published since.
    assert office.again(FIRST) == []


def test_a_past_closing_date_comes_again_bit_for_bit_after_later_evenings_and_a_mended_map(office: Evenings) -> None:
    travel(office, 5)


@pytest.mark.soak
def test_a_past_closing_date_comes_again_bit_for_bit_after_thirty_evenings(office: Evenings) -> None:
    travel(office, 30)


def test_a_later_record_of_the_same_evening_is_not_in_what_was_published(office: Evenings) -> None:
    office.on(FIRST).given("code | completed\nA | 2025-03-07 09:00")
    office.night(FIRST)
    office.dossiers.now += timedelta(hours=1)
    office.dossiers.given("code | completed\nB | 2025-03-07 09:00")
    assert office.again(FIRST) == []
    assert office.dossiers.rates()["R1"] == (1, 1)


def test_a_closing_date_never_published_has_nothing_to_come_again(office: Evenings) -> None:
    office.on(FIRST).given("code | completed\nA | 2025-03-07 09:00")
    office.night(FIRST)
    assert history.as_published(office.dossiers.warehouse, FIRST - timedelta(days=1)) is None


def test_of_a_closing_date_published_again_later_the_first_day_counts(office: Evenings) -> None:
    office.on(FIRST).given("code | completed\nA | 2025-03-07 09:00")
    office.night(FIRST)
    second = office.night(FIRST)
    office.on(FIRST + timedelta(days=1))
    office.night(FIRST)
    then = history.as_published(office.dossiers.warehouse, FIRST)
    assert then
    assert then.version == second.version


def test_figures_of_a_run_that_failed_are_not_published_by_the_next(office: Evenings) -> None:
    office.on(FIRST).given("code | completed\nA | 2025-03-07 09:00")
    office.night(FIRST)
    failed = FIRST + timedelta(days=1)
    office.on(failed)
    office.build(failed)  # built, and stopped by a check before it was published
    published = office.night(FIRST - timedelta(days=1))
    with duckdb.connect(str(published.path), read_only=True) as reader:
        found = reader.execute("select distinct closing_date from marts.indicator_result order by 1").fetchall()
    assert found == [(FIRST - timedelta(days=1),), (FIRST,)]


def test_a_version_never_bears_the_name_of_one_whose_file_is_gone(office: Evenings) -> None:
    office.on(FIRST).given("code | completed\nA | 2025-03-07 09:00")
    first = office.night(FIRST)
    office.night(FIRST + timedelta(days=1))
    first.path.unlink()
    assert office.night(FIRST).version == f"mtcl-{FIRST}-2"
