"""A register that a room saves: seen by the sensor, read by its job, in the warehouse with what was wrong in it."""

import os
import re
from datetime import date
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.raw.connecting import Connections
from pipelines.sensors import registers_changed
from tests.support.office import Office
from tests.support.workbooks import GOOD, PERSON, locked_workbook, write


DAY = date(2025, 12, 31)
KEY = "a key of the tests"
CITIZEN = "Phạm Thị Hồng Nhung"


class Rooms(Office):
    """An office of which only the rooms' folder is configured."""

    def connections(self) -> Connections:
        return Connections({"registers": self.environment})

    @property
    def folder(self) -> Path:
        return Path(self.environment["REGISTERS_DIR"])

    def ask(self, sql: str) -> list[Any]:
        with self.open() as warehouse:
            return warehouse.query(sql)

    def everything(self) -> str:
        """Every row of every table of the warehouse."""
        with self.open() as warehouse:
            tables = warehouse.query(
                "select schema_name || '.' || table_name from duckdb_tables() where not internal order by all"
            )
            return "\n".join(str(warehouse.query(f"select * from {table}")) for (table,) in tables)


@pytest.fixture
def rooms(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rooms:
    (tmp_path / "so").mkdir()
    environment = {"REGISTERS_DIR": str(tmp_path / "so"), "PSEUDONYM_KEY": KEY}
    for name, value in (environment | {"MTCL_TODAY": DAY.isoformat(), "MTCL_HOME": str(tmp_path / "home")}).items():
        monkeypatch.setenv(name, value)
    return Rooms(tmp_path / "home", environment, DAY)


class Watch:
    """The sensor, look by look."""

    def __init__(self) -> None:
        self.cursor: str | None = None

    def look(self) -> dg.RunRequest | str:
        """The run it asks for, or why none."""
        context = dg.build_sensor_context(cursor=self.cursor)
        found = registers_changed(context)
        if isinstance(found, dg.SkipReason):
            return str(found.skip_message)
        assert isinstance(found, dg.SensorResult)
        self.cursor = found.cursor
        if found.run_requests:
            (request,) = found.run_requests
            return request
        assert found.skip_reason
        return str(getattr(found.skip_reason, "skip_message", found.skip_reason))


CHANGING = "Có tệp sổ vừa thay đổi; đợi tệp được lưu xong."
STILL = "Các tệp sổ không đổi kể từ lần đọc trước."


def test_without_a_folder_there_is_nothing_to_watch(rooms: Rooms, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Watch().look() == "Thư mục sổ chưa có tệp nào."
    rooms.folder.rmdir()
    assert "không thấy thư mục REGISTERS_DIR" in str(Watch().look())
    monkeypatch.delenv("REGISTERS_DIR")
    assert Watch().look() == "Chưa khai báo REGISTERS_DIR nên không có thư mục nào để theo dõi."
    monkeypatch.setenv("MTCL_TODAY", "hôm nay")
    assert "MTCL_TODAY" in str(Watch().look())


def test_a_file_starts_one_run_when_it_has_been_saved(rooms: Rooms) -> None:
    watch = Watch()
    path = write(rooms.folder, "risks", GOOD["risks"])
    assert watch.look() == CHANGING
    path.write_bytes(path.read_bytes() + b"still being saved")
    assert watch.look() == CHANGING
    first = watch.look()
    assert isinstance(first, dg.RunRequest)
    assert first.partition_key == DAY.isoformat()
    assert watch.look() == STILL
    (rooms.folder / "~$so.xlsx").write_bytes(b"opened in Excel")
    assert watch.look() == STILL


def test_a_file_put_back_as_it_was_is_a_change_too(rooms: Rooms) -> None:
    watch = Watch()
    path = write(rooms.folder, "risks", GOOD["risks"])
    as_it_was, times = path.read_bytes(), (path.stat().st_atime_ns, path.stat().st_mtime_ns)
    keys = set()
    for content in (as_it_was, b"another", as_it_was, b"another"):
        path.write_bytes(content)
        os.utime(path, ns=times)
        assert watch.look() == CHANGING
        request = watch.look()
        assert isinstance(request, dg.RunRequest)
        keys.add(request.run_key)
    assert len(keys) == 4


def test_what_the_sensor_starts_brings_every_register_into_the_warehouse(rooms: Rooms) -> None:
    for register, row in GOOD.items():
        write(rooms.folder, register, row, file=f"{register}.xlsx")
    secret = GOOD["documents"] | {"Số": 4711, "Độ mật": "Mật", "Trích yếu": "V/v diễn tập"}
    wrong = GOOD["documents"] | {"Số": 126, "Ngày ban hành": "31/02/2025", "Nơi nhận": f"Bà {CITIZEN}"}
    citizen = GOOD["documents"] | {"Số": 127, "Nơi nhận": f"Bà {CITIZEN}", "Trích yếu": f"V/v đơn của {CITIZEN}"}
    write(rooms.folder, "documents", GOOD["documents"], secret, wrong, citizen, file="documents.xlsx")
    told = GOOD["inspections"] | {"Tồn tại": f"chị {CITIZEN} chưa ghi phiếu"}
    write(rooms.folder, "inspections", told, file="inspections.xlsx")
    watch = Watch()
    watch.look()
    request = watch.look()
    assert isinstance(request, dg.RunRequest)
    assert registers_changed.job.name == "registers"

    result = rooms.night("registers", date.fromisoformat(str(request.partition_key)))
    steps = {event.asset_key.to_user_string() for event in result.get_asset_materialization_events() if event.asset_key}
    assert steps >= {f"raw/registers__{name}" for name in (*GOOD, "files", "rejections")}
    assert not any(step.startswith("raw/") and "registers__" not in step for step in steps)
    staged = {name: rooms.ask(f"select count(*) from staging.registers__{name}")[0][0] for name in GOOD}
    assert staged == dict.fromkeys(GOOD, 1) | {"documents": 2}
    assert rooms.ask("select refused from ledger.extractions where resource = 'documents'") == [(1,)]
    assert rooms.ask("select records, rule from marts.quarantine_summary where system = 'registers'") == [
        (2, "register_row_is_readable")
    ]
    rejections = "select file, sheet, row_number, column_name, message from staging.registers__rejections order by all"
    assert rooms.ask(rejections) == [
        ("documents.xlsx", "Văn bản đi", 3, "Độ mật",
         "dòng mang trích yếu của văn bản mật: không lưu, chỉ đếm; nhập số lượng ở trang Thống kê văn bản mật"),
        ("documents.xlsx", "Văn bản đi", 4, "C (Ngày ban hành)",
         "giá trị “31/02/2025” không phải ngày có thật (viết dd/MM/yyyy)"),
    ]  # fmt: skip

    kept = rooms.everything() + str([event.message for event in result.all_events])
    names = [PERSON["Họ và tên"], PERSON["Mã số"], "Bích Thủy", "1985-03-02", CITIZEN, "Nhung", "diễn tập"]
    assert [name for name in names if name in kept or name.casefold() in kept.casefold()] == []
    # As a number of its own: four digits stand in one hash or another.
    assert not re.search(r"(?<![\w-])4711(?![\w-])", kept)


def test_a_new_version_of_a_file_supersedes_the_old_and_both_stay_in_raw(rooms: Rooms) -> None:
    def versions() -> list[Any]:
        return rooms.ask(
            "select record_key, version, payload ->> '$.description', withdrawn_at is null from raw.registers__risks"
            " order by all"
        )

    first, second = (f"2025|phong tong hop|{number}" for number in (1, 2))
    write(rooms.folder, "risks", GOOD["risks"], GOOD["risks"] | {"TT": 2, "Mô tả": "Trục gián đoạn"})
    assert rooms.read().success
    write(rooms.folder, "risks", GOOD["risks"] | {"Mô tả": "Chậm công bố"})
    assert rooms.read().success
    after = [
        (first, 1, "Hồ sơ quá hạn", True),
        (first, 2, "Chậm công bố", True),
        (second, 1, "Trục gián đoạn", False),
    ]
    assert versions() == after

    # What cannot be read, and a folder that has lost all its files, say nothing about what was deleted.
    (rooms.folder / "so.xlsx").write_bytes(locked_workbook())
    assert rooms.read().success
    assert versions() == after
    assert rooms.ask("select payload ->> '$.message' from raw.registers__rejections where withdrawn_at is null") == [
        ("tệp có mật khẩu; lưu lại không mật khẩu rồi thử lại",)
    ]
    (rooms.folder / "so.xlsx").unlink()
    assert rooms.read().success
    assert versions() == after

    write(rooms.folder, "risks", GOOD["risks"] | {"Mô tả": "Chậm công bố"})
    assert rooms.read().success
    assert versions() == after
    assert rooms.ask("select count(*) from raw.registers__rejections where withdrawn_at is null") == [(0,)]
