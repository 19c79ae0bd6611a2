"""Questions to one file: rows, frames, and what is said when it cannot answer."""

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from warehouse.reading import NothingPublished, TooOld, ask, frame, latest, newest, of_day


TWO_ROWS = "select number, day, share from told where $least is null or number >= $least order by day"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mtcl-2025-06-30-1.duckdb"
    with duckdb.connect(str(path)) as writer:
        writer.execute(
            "create table told as from (values (7, date '2025-06-01', 0.5::double), (null, date '2025-06-02', null))"
            " as told (number, day, share)"
        )
    return path


def test_rows_come_with_their_columns_and_parameters_are_bound(file: Path) -> None:
    answer = ask(file, TWO_ROWS, least=None)
    assert answer.columns == ["number", "day", "share"]
    assert answer.rows == [(7, date(2025, 6, 1), 0.5), (None, date(2025, 6, 2), None)]
    assert ask(file, TWO_ROWS, least=8).rows == []
    assert ask(file, TWO_ROWS, least=8).columns == answer.columns


def test_a_frame_keeps_whole_numbers_and_days_beside_missing_ones(file: Path) -> None:
    found = frame(file, TWO_ROWS, least=None)
    assert found["number"].dropna().tolist() == [7]
    assert isinstance(found["number"][0], int)
    assert found["day"].tolist() == [date(2025, 6, 1), date(2025, 6, 2)]
    assert found.isna().sum().to_dict() == {"number": 1, "day": 0, "share": 1}
    assert frame(file, TWO_ROWS, least=8).columns.tolist() == ["number", "day", "share"]


@pytest.mark.parametrize("sql", ["from marts.scoreboard", "select number_before from told"])
def test_what_the_version_does_not_hold_is_told_as_its_age(file: Path, sql: str) -> None:
    for question in (ask, frame):
        with pytest.raises(TooOld, match="mtcl-2025-06-30-1 do phần mềm cũ lập"):
            question(file, sql)


def test_without_a_publication_the_reader_is_told_what_to_run(tmp_path: Path) -> None:
    assert latest(tmp_path) is None
    with pytest.raises(NothingPublished, match="Chưa có bản công bố nào; hãy chạy `mtcl run`"):
        newest(tmp_path)
    with pytest.raises(NothingPublished):
        ask(tmp_path / "mtcl.duckdb", "select 1")


def test_the_newest_version_of_a_day_is_found_or_the_days_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="còn giữ: chưa có bản nào"):
        of_day(tmp_path, date(2025, 12, 31))
    for version, day in (
        ("mtcl-2025-12-31-2", "2025-12-31"),
        ("mtcl-2025-12-31-10", "2025-12-31"),
        ("mtcl-2026-01-15-1", "2026-01-15"),
    ):
        (tmp_path / f"{version}.duckdb").touch()
        (tmp_path / f"{version}.json").write_text(json.dumps({"version": version, "closing_date": day}))
    assert of_day(tmp_path, date(2025, 12, 31)).path == tmp_path / "mtcl-2025-12-31-10.duckdb"
    standing = of_day(tmp_path, date(2025, 12, 31), withdrawn={"mtcl-2025-12-31-10"})
    assert standing.version == "mtcl-2025-12-31-2"
    with pytest.raises(NothingPublished, match=r"ngày 01/01/2026 \(còn giữ: 31/12/2025, 15/01/2026\)"):
        of_day(tmp_path, date(2026, 1, 1))
