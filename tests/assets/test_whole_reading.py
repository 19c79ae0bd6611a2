"""The first reading of all dossiers: by months, through limits and a kill, to what an undisturbed one has."""

import multiprocessing
import signal
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assets.raw.portal import months_to_read
from connectors.simulator.world import World
from tests.support import first_load
from tests.support.first_load import Load, Outcome, load
from warehouse import building, ledger


PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.support.first_load"])
# More than a thousand dossiers of a year are read by months.
WORLD = World(dossiers=1_500, documents=0)
WINDOWS = """
select count(*), count(*) filter (landed_before)
from (
    select run_id, extraction_id, count(*) over (partition by window_from order by extraction_id) > 1 as landed_before
    from ledger.extractions
    where outcome = 'succeeded' and window_to is not null
)
group by run_id order by min(extraction_id)
"""


def contents(folder: Path) -> str:
    """What is known: keys, versions and contents; not when it was seen, nor in which of the runs."""
    with first_load.opened(Load(folder, WORLD)) as warehouse:
        assert ledger.parts(warehouse, "portal", "dossiers") == {}
        assert ledger.cursor(warehouse, "portal", "dossiers") is not None
        seen = ("run_id", "first_seen_at", "last_seen_at")
        return building.table_hash(warehouse, "raw.portal__dossiers", without=seen)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Outcome]:
    folder = tmp_path_factory.mktemp("undisturbed")
    outcome = load(Load(folder, WORLD, page_size=10))
    assert outcome.success
    return contents(folder), outcome


def killed_and_read_on(given: Load) -> Outcome:
    process = PROCESSES.Process(target=load, args=(given,))
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL
    return load(replace(given, die_at=None))


def windows_landed(given: Load) -> list[tuple[int, int]]:
    """Of each of the runs in turn: how many windows it landed, and how many of them the run before had landed."""
    with first_load.opened(given) as warehouse:
        return warehouse.query(WINDOWS)


def test_a_limit_refusals_and_a_kill_come_to_the_same(tmp_path: Path, undisturbed: tuple[str, Outcome]) -> None:
    expected, calm = undisturbed
    given = Load(tmp_path, WORLD, "two_a_second+shallow_refused", page_size=10, die_at=calm.searches // 2)
    outcome = killed_and_read_on(given)
    assert outcome.success
    assert outcome.refused > 0
    (before, _), (after, again) = windows_landed(given)
    assert (before > 2, after > 2, again) == (True, True, 0)
    assert contents(tmp_path) == expected


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_two_hundred_thousand_dossiers_come_to_the_same(tmp_path: Path) -> None:
    world = World(dossiers=200_000, documents=0)
    calm, limited = tmp_path / "calm", tmp_path / "limited"
    calm.mkdir()
    limited.mkdir()
    undisturbed = load(Load(calm, world))
    assert undisturbed.success
    given = Load(limited, world, "two_a_second+deep_refused", die_at=undisturbed.searches // 2)
    outcome = killed_and_read_on(given)
    assert outcome.success
    (before, _), (after, again) = windows_landed(given)
    assert (before > 2, after > 2, again) == (True, True, 0)
    assert contents(limited) == contents(calm)
    print(f"undisturbed: {undisturbed.searches} searches")
    print(
        f"after the kill: {outcome.searches} searches, {outcome.refused} of them refused (429),"
        f" in {outcome.seconds / 60:.0f} minutes of the source's time"
    )


HABITS = {
    "totals_more": "chỉ liệt kê",
    "slices_only": "không cho biết tổng số",
    "listed_twice": "hồ sơ hai lần",
    "one_based+totals_as_text": "đánh số trang từ 1",
    "sort_ignored": "không theo thứ tự thay đổi",
    "days_ignored": "không lọc theo ngày tiếp nhận",
    "one_in_four": None,
}


@pytest.mark.parametrize("habit", HABITS)
def test_no_habit_of_the_source_loses_a_dossier_and_each_is_told(
    tmp_path: Path, undisturbed: tuple[str, Outcome], habit: str
) -> None:
    outcome = load(Load(tmp_path, WORLD, habit))
    assert outcome.success
    assert contents(tmp_path) == undisturbed[0]
    told = "; ".join(outcome.told)
    assert (HABITS[habit] or "") in told
    assert bool(told) == bool(HABITS[habit])


def test_a_second_night_asks_for_what_has_changed_alone(tmp_path: Path) -> None:
    assert load(Load(tmp_path, WORLD)).success
    assert load(Load(tmp_path, WORLD)).searches <= 3


@pytest.mark.parametrize("habit", ["no_updated_date", "sort_ignored"])
def test_a_source_without_order_is_not_read_whole_every_night(tmp_path: Path, habit: str) -> None:
    first = load(Load(tmp_path, WORLD, habit))
    night = load(Load(tmp_path, replace(WORLD, today=date(2026, 1, 3)), habit))
    assert first.success
    assert night.success
    assert night.searches < first.searches / 2
    assert "không theo thứ tự thay đổi" in night.told[-1]


def test_every_month_has_its_turn_within_a_week(tmp_path: Path) -> None:
    assert load(Load(tmp_path, WORLD, "no_updated_date")).success
    with first_load.opened(Load(tmp_path, WORLD)) as warehouse:
        turns = [
            {f"{start:%Y-%m}" for start, _ in months_to_read(warehouse, date(2026, 1, day), has_no_order=False)}
            for day in range(1, 8)
        ]
    # From November 2024 to December 2025.
    assert len(set.union(*turns)) == 14
    assert max(map(len, turns)) == 2
