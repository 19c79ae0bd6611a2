"""A source that cannot be read: its indicators keep what is known of it and say so, all others are published anew."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from assets.raw.outcomes import WAS_READ
from connectors.simulator.server import Simulator
from tests.support.office import LAST_DAY, Office, small
from tests.support.promises import broken


YESTERDAY = date(2025, 12, 30)
BOARD = "select indicator, numerator, denominator, actual, verdict, verdict_reason from marts.scoreboard"


def board(office: Office) -> dict[str, tuple[Any, ...]]:
    with duckdb.connect(str(office.home / "published" / "mtcl.duckdb"), read_only=True) as connection:
        return {indicator: rest for indicator, *rest in connection.execute(BOARD).fetchall()}


def red(result: dg.ExecuteInProcessResult) -> dict[str, str]:
    """Raw table → why its source was not read."""
    return {
        check.asset_key.path[-1]: str(check.description)
        for check in result.get_asset_check_evaluations()
        if check.check_name == WAS_READ and not check.passed
    }


def test_only_the_indicators_of_a_source_that_fails_stand_on_what_was_read_before(
    tmp_path: Path, simulator: Simulator
) -> None:
    simulator.world = small(YESTERDAY)
    office = Office(tmp_path, simulator.environment, YESTERDAY)
    assert office.night().success
    before = board(office)
    simulator.world = replace(simulator.world, today=LAST_DAY)
    office.day, office.attempts = LAST_DAY, 2
    simulator.faults = "outage@portal"
    result = office.night()
    assert result.success
    assert "Hệ thống một cửa" in red(result)["portal__dossiers"]
    assert set(red(result)) >= {"portal__dossiers"}
    assert all(table.startswith("portal__") for table in red(result))
    after = board(office)
    told = "Hệ thống một cửa không đọc được, dùng căn cứ đã đọc lúc 20:00 ngày 30/12/2025"
    for indicator in ("MT1", "MT1a", "MT1b"):
        assert after[indicator][:3] == before[indicator][:3]
        assert told in after[indicator][-1]
    assert {indicator for indicator, row in after.items() if told in (row[-1] or "")} == {
        "MT1", "MT1a", "MT1b", "MT3", "MT3.4"
    }  # fmt: skip
    assert office.manifest()["closing_date"] == LAST_DAY.isoformat()


def test_a_source_that_never_answered_gives_no_figure(tmp_path: Path, simulator: Simulator) -> None:
    office = Office(tmp_path, simulator.environment, LAST_DAY, attempts=2)
    simulator.faults = "outage@axis"
    result = office.night()
    assert result.success
    assert set(red(result)) == {
        "axis__received_documents", "axis__received_statuses", "axis__sent_documents", "axis__sent_statuses",
        "axis__agencies",
    }  # fmt: skip
    numerator, _, _, verdict, reason = board(office)["MT2b"]
    assert (numerator, verdict) == (0, "Chưa đủ căn cứ")
    assert "Trục liên thông văn bản chưa đọc được lần nào nên chưa có căn cứ" in reason
    assert board(office)["MT1"][1] > 0
    assert broken(office.home / "published" / "mtcl.duckdb") == []
