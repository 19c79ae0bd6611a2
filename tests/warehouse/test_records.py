"""The edition with records: days for times, and of a sensitive procedure nothing that tells it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from tests.support.source import Clock
from warehouse import ledger, verifying_editions
from warehouse.database import Database
from warehouse.opening import open_warehouse
from warehouse.publishing import publish
from warehouse.reading import Published
from warehouse.records import edition
from warehouse.reference import read
from warehouse.reference.schema import SensitiveProcedure
from warehouse.reference.tables import columns_of, create_table
from warehouse.verifying import Finding


DAY = date(2025, 6, 30)
# Code, name, sector: of the national catalogue; the second is the provincial code of the fourth.
PROCEDURES = """
select * from (values
    ('1.000001', '1.000001', 'Cấp giấy phép xây dựng', 'Xây dựng'),
    ('2.000002', '2.000002', 'Đăng ký lại việc Nuôi con nuôi trong nước', 'Hộ tịch'),
    ('2.000003', '2.000003', 'Cấp bản sao giấy tờ', 'Trợ giúp pháp lý'),
    ('T.01', '2.000004', 'Cấp Phiếu ly lich tu phap số 1', 'Tư pháp')
) p (procedure_code, national_code, procedure_name, field_name)
"""
DOSSIERS = [("a", "H19-1", "1.000001"), ("b", "H19-2", "2.000002"), ("c", "H19-3", "2.000003"), ("d", "H19-4", "T.01")]
UNKNOWN = [("e", "H19-5", "9.999999"), ("f", "H19-6", None)]


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with open_warehouse(tmp_path_factory.mktemp("home") / "warehouse.duckdb", clock=Clock(), threads=1) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(warehouse: Database) -> Published:
    """Of six dossiers: one of no sensitive procedure, three of one, two of which nobody knows the procedure."""
    rows = [row.model_dump() for row in read("sensitive_procedures.csv")]
    create_table(warehouse, "sensitive_procedures", columns_of(SensitiveProcedure), rows)
    for table in ("procedures_listed", "procedures_configured"):
        warehouse.query(f"create table core.{table} as {PROCEDURES}")
    values = ", ".join(str((key, code, procedure or "")) for key, code, procedure in (*DOSSIERS, *UNKNOWN))
    warehouse.query(
        "create table core.dossier_intake as select record_key, dossier_code, nullif(procedure_code, '') as"
        f" procedure_code from (values {values}) d (record_key, dossier_code, procedure_code)"
    )
    warehouse.query(
        "create table marts.dossier_clock as select dossier_code, procedure_code,"
        " timestamp '2025-03-14 16:30:12' as accepted_at, 'dung_han' as classification from core.dossier_intake"
    )
    warehouse.query(
        "create table marts.anomaly as select 'dossier' as record_kind, dossier_code as record_key,"
        """ '{"het":"2025-03-14T10:41:00.5+07:00","thu_tuc":"X"}'::json as evidence,"""
        " 'lúc 08:22 01/04/2025' as sentence, timestamptz '2025-03-14 20:00:00+00' as first_seen_at"
        " from core.dossier_intake"
    )
    warehouse.query("create table marts.sector_result as select 'Hộ tịch' as sector_name, 1 as numerator")
    warehouse.query(
        "create table core.dossier_pauses as select record_key, time '10:00' as at, 90 as working_minutes"
        " from core.dossier_intake"
    )
    ledger.set_closing(warehouse, DAY, "r")
    return publish(warehouse, warehouse.path.parent / "published", run_id="r", closing_date=DAY)


def rows(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / edition.POINTER), read_only=True) as reader:
        reader.execute("set TimeZone = 'UTC'")
        return reader.execute(sql).fetchall()


def test_times_are_days_and_a_sensitive_procedure_is_told_nowhere(whole: Published, tmp_path: Path) -> None:
    folder = tmp_path / "published-records"
    file, masked = edition.make(whole, folder)
    clock = rows(
        folder, "select dossier_code, procedure_code, accepted_at::varchar from marts.dossier_clock order by 1"
    )
    day = "2025-03-14 00:00:00"
    assert clock == [
        ("H19-1", "1.000001", day),
        *((code, "đã che", day) for code in ("H19-2", "H19-3", "H19-4", "H19-5", "H19-6")),
    ]
    # 20:00 at Greenwich is the next day's morning here.
    assert rows(folder, "select evidence, sentence, first_seen_at::varchar from marts.anomaly order by record_key")[
        :2
    ] == [
        ('{"het":"2025-03-14","thu_tuc":"X"}', "lúc 01/04/2025", "2025-03-15 00:00:00+00"),
        ('{"da_che":true}', "đã che", "2025-03-15 00:00:00+00"),
    ]
    assert rows(folder, "select distinct working_minutes from core.dossier_pauses") == [(None,)]
    tables = {name for (name,) in rows(folder, "select schema_name || '.' || table_name from duckdb_tables()")}
    assert not tables & {"marts.sector_result", "core.dossier_intake"}
    assert (masked, file.stat().st_mode & 0o337) == (5, 0)
    assert "Hộ tịch".encode() not in file.read_bytes()


def test_an_office_may_name_a_procedure_by_its_code(warehouse: Database, whole: Published, tmp_path: Path) -> None:
    warehouse.query(
        "create or replace table reference.sensitive_procedures as"
        " select 'code' as match, '2.000004' as value, 'tiền án' as reason, 'QĐ 1' as citation"
    )
    again = publish(warehouse, whole.path.parent, run_id="r", closing_date=DAY)
    edition.make(again, tmp_path / "records")
    found = rows(tmp_path / "records", "select dossier_code from marts.dossier_clock where procedure_code = 'đã che'")
    assert sorted(found) == [("H19-4",), ("H19-5",), ("H19-6",)]


def test_what_does_not_tell_what_to_mask_is_refused(warehouse: Database, whole: Published, tmp_path: Path) -> None:
    warehouse.query("drop table if exists reference.sensitive_procedures")
    again = publish(warehouse, whole.path.parent, run_id="r", closing_date=DAY)
    with pytest.raises(edition.EditionRefused, match=r"reference\.sensitive_procedures"):
        edition.make(again, tmp_path / "records")
    assert not list((tmp_path / "records").glob("mtcl*"))
    with pytest.raises(edition.EditionRefused, match="thư mục riêng"):
        edition.make(whole, whole.path.parent)


def test_its_statement_tells_its_hashes_and_the_publication_it_is_of(whole: Published, tmp_path: Path) -> None:
    folder = tmp_path / "published-records"
    file, _ = edition.make(whole, folder)
    assert verifying_editions.verify(folder, published=whole.path.parent).findings == []
    file.chmod(0o600)
    with duckdb.connect(str(file)) as connection:
        connection.execute("update marts.dossier_clock set procedure_code = '1'")
    assert verifying_editions.verify(folder).findings == [
        Finding(file.name, "nội dung tệp khác với bản kê"),
        Finding(f"{file.stem}: marts.dossier_clock", "nội dung bảng khác với bản kê"),
    ]
