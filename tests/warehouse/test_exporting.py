"""The marts as files: readable by what people have, complete or not there, and nothing that Excel would run."""

import csv
import json
import stat
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from warehouse import ledger
from warehouse.database import Database
from warehouse.exporting import export
from warehouse.publishing import Published, publish


TITLE = "Kết quả thực hiện mục tiêu chất lượng"


def published(warehouse: Database, folder: Path, reason: str) -> Published:
    ledger.set_closing(warehouse, date(2025, 6, 30), "r")
    warehouse.query(
        "create or replace table marts.failing_record as select"
        " 'MT1' as indicator, date '2025-06-01' as occurred_on, $1 as reason, -3 as days_late, 0.5::double as actual",
        [reason],
    )
    return publish(warehouse, folder, run_id="r", closing_date=date(2025, 6, 30))


def test_parquet_has_the_tables_names_and_csv_the_peoples(warehouse: Database, tmp_path: Path) -> None:
    folder = export(published(warehouse, tmp_path, "Quá hạn, 3 ngày"), tmp_path / "exports", TITLE)
    assert pq.read_table(folder / "failing_record.parquet").to_pylist() == [
        {
            "indicator": "MT1",
            "occurred_on": date(2025, 6, 1),
            "reason": "Quá hạn, 3 ngày",
            "days_late": -3,
            "actual": 0.5,
        }
    ]
    content = (folder / "failing_record.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.DictReader(content.decode("utf-8-sig").splitlines())) == [
        {
            "Chỉ tiêu": "MT1",
            "Ngày xảy ra": "2025-06-01",
            "Lý do": "Quá hạn, 3 ngày",
            "Số ngày trễ": "-3",
            "Kết quả (%)": "50.0",
        }
    ]


def test_a_text_that_excel_would_run_is_shown_as_text(warehouse: Database, tmp_path: Path) -> None:
    folder = export(published(warehouse, tmp_path, "=cmd|' /C calc'!A0"), tmp_path / "exports", TITLE)
    (row,) = csv.DictReader((folder / "failing_record.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["Lý do"] == "'=cmd|' /C calc'!A0"


def test_the_package_says_what_every_column_is(warehouse: Database, tmp_path: Path) -> None:
    version = published(warehouse, tmp_path, "Quá hạn")
    package = json.loads(
        (export(version, tmp_path / "exports", TITLE) / "datapackage.json").read_text(encoding="utf-8")
    )
    assert package["version"] == version.version
    resource = package["resources"][0]
    assert (resource["name"], resource["path"]) == ("failing_record", "failing_record.parquet")
    assert [(field["name"], field["type"], field["title"]) for field in resource["schema"]["fields"]] == [
        ("indicator", "string", "Chỉ tiêu"),
        ("occurred_on", "date", "Ngày xảy ra"),
        ("reason", "string", "Lý do"),
        ("days_late", "integer", "Số ngày trễ"),
        ("actual", "number", "Kết quả"),
    ]


def test_latest_names_the_newest_and_the_one_before_stays(warehouse: Database, tmp_path: Path) -> None:
    for reason in ("một", "hai", "ba", "ba"):
        newest = export(published(warehouse, tmp_path, reason), tmp_path / "exports", TITLE)
    folders = sorted(path.name for path in (tmp_path / "exports").iterdir())
    assert folders == ["latest", "mtcl-2025-06-30-3", "mtcl-2025-06-30-4"]
    assert (tmp_path / "exports" / "latest").resolve() == newest
    assert {stat.S_IMODE(path.stat().st_mode) for path in newest.iterdir()} == {0o440}


def nights(warehouse: Database, tmp_path: Path, closing: date, actual: float) -> Path:
    """A figure of a closing date, beside those of others."""
    ledger.set_closing(warehouse, closing, "r")
    warehouse.query("create table if not exists marts.indicator_result (closing_date date, actual double)")
    warehouse.query("delete from marts.indicator_result where closing_date = $1", [closing])
    warehouse.query("insert into marts.indicator_result values ($1, $2)", [closing, actual])
    made = publish(warehouse, tmp_path, run_id="r", closing_date=closing)
    return export(made, tmp_path / "exports", TITLE)


def test_files_for_people_hold_the_newest_closing_date_and_the_history_stands_once(
    warehouse: Database, tmp_path: Path
) -> None:
    june, july = date(2025, 6, 30), date(2025, 7, 1)
    nights(warehouse, tmp_path, june, 0.5)
    history = tmp_path / "exports" / "history" / "indicator_result"
    first = history / "closing_date=2025-06-30" / "indicator_result.parquet"
    written = first.stat().st_mtime_ns
    folder = nights(warehouse, tmp_path, july, 0.75)
    (row,) = csv.DictReader((folder / "indicator_result.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row["Ngày chốt số liệu"] == "2025-07-01"
    assert pq.read_table(folder / "indicator_result.parquet").to_pylist() == [{"closing_date": july, "actual": 0.75}]
    assert first.stat().st_mtime_ns == written
    assert sorted(path.name for path in history.iterdir()) == ["closing_date=2025-06-30", "closing_date=2025-07-01"]
    # A closing date that is computed again is written again, and the newest stays what people find.
    folder = nights(warehouse, tmp_path, june, 0.25)
    assert pq.ParquetFile(first).read().to_pylist() == [{"closing_date": june, "actual": 0.25}]
    assert pq.read_table(folder / "indicator_result.parquet").to_pylist() == [{"closing_date": july, "actual": 0.75}]
