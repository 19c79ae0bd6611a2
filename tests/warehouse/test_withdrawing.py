"""A publication taken back: readers get the one before, what comes after stands on that, and the ledger keeps both."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.support.source import NOON, Clock
from tests.warehouse.test_publishing import publish_figures
from warehouse.database import Database
from warehouse.ledger import newest_instant
from warehouse.reading import latest
from warehouse.withdrawing import WithdrawalRefused, told, withdraw


JUNE, JULY, AHEAD = date(2025, 6, 30), date(2025, 7, 1), date(2027, 3, 1)


def named(folder: Path) -> str | None:
    found = latest(folder)
    return found.version if found else None


def test_readers_get_the_one_before_and_a_day_ahead_freezes_nothing(
    warehouse: Database, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "published"
    publish_figures(warehouse, folder, JUNE, 1)
    wrong = publish_figures(warehouse, folder, AHEAD, 2).version
    done = withdraw(warehouse, folder, wrong, "đồng hồ sai")
    assert (named(folder), done.version_after) == ("mtcl-2025-06-30-1", "mtcl-2025-06-30-1")
    assert [(one.version, one.reason) for one in told(folder)] == [(wrong, "đồng hồ sai")]
    after = publish_figures(warehouse, folder, JULY, 3)
    assert after.manifest["newest_closing_date"] == "2025-07-01"
    assert [one["version"] for one in after.manifest["withdrawn"]] == [wrong]
    assert named(folder) == after.version
    # It is never the newest again, also under its own closing date.
    assert withdraw(warehouse, folder, after.version, "sai").version_after == "mtcl-2025-06-30-1"


def test_a_second_call_changes_no_record_and_makes_up_for_one_cut_short(warehouse: Database, tmp_path: Path) -> None:
    folder = tmp_path / "published"
    version = publish_figures(warehouse, folder, JUNE, 1).version
    pointer = (folder / "mtcl.duckdb").readlink()
    withdraw(warehouse, folder, version, "lý do thứ nhất")
    assert named(folder) is None
    (folder / "mtcl.duckdb").symlink_to(pointer)
    (folder / "withdrawn.json").unlink()
    assert withdraw(warehouse, folder, version, "lý do thứ hai").reason == "lý do thứ nhất"
    assert (named(folder), len(json.loads((folder / "withdrawn.json").read_text(encoding="utf-8")))) == (None, 1)


def test_what_was_never_published_is_refused(warehouse: Database, tmp_path: Path) -> None:
    with pytest.raises(WithdrawalRefused, match="mtcl-2025-01-01-1"):
        withdraw(warehouse, tmp_path, "mtcl-2025-01-01-1", "x")


def test_the_instants_of_a_withdrawn_run_hold_no_later_one_back(
    warehouse: Database, clock: Clock, tmp_path: Path
) -> None:
    clock.now = NOON + timedelta(days=400)
    version = publish_figures(warehouse, tmp_path / "published", AHEAD, 1).version
    assert (newest_instant(warehouse) or NOON) > NOON
    withdraw(warehouse, tmp_path / "published", version, "đồng hồ sai")
    assert newest_instant(warehouse) is None
