"""`mtcl withdraw` as a shell meets it; what it does to the folder is told in tests/warehouse/test_withdrawing.py."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import main
from pipelines.settings import NAMES
from tests.support.source import Clock
from tests.warehouse.test_publishing import publish_figures
from warehouse.opening import open_warehouse
from warehouse.reading import latest


def test_it_names_the_version_in_use_and_status_tells_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("MTCL_HOME", str(tmp_path))
    with open_warehouse(tmp_path / "warehouse.duckdb", clock=Clock()) as warehouse:
        first, second = (
            publish_figures(warehouse, tmp_path / "published", date(2025, 6, day), day) for day in (29, 30)
        )

    def asks(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, arguments)
        return done.exit_code, done.output

    assert asks("withdraw", second.version)[0] == 2
    assert asks("withdraw", "mtcl-2024-01-01-1", "--reason", "x") == (
        1,
        "Error: Không có bản công bố nào tên mtcl-2024-01-01-1.\n",
    )
    code, told = asks("withdraw", second.version, "--reason", "nhập nhầm sổ")
    assert (code, first.version in told) == (0, True), told
    assert f"Đã rút bản {second.version}" in asks("status")[1]
    found = latest(tmp_path / "published")
    assert found
    assert found.version == first.version
