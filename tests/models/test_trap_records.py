"""The traps of domain §10 that procedures, units and registers show, each with a record just short of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.models.dossier_sources import DossierSources
from tests.models.procedure_sources import ProcedureSources
from tests.models.register_sources import RegisterSources
from warehouse import building
from warehouse.models import load


DETECTORS = {model.name[:3]: model for model in load() if model.schema == "anomalies"}
CLOSING = date(2025, 12, 31)


def shown(sources: DossierSources | ProcedureSources | RegisterSources, trap: str) -> set[tuple[str, str]]:
    return set(sources.query(f"select signal, record_key from {DETECTORS[trap].table}"))


@pytest.fixture
def procedures(tmp_path: Path) -> Iterator[ProcedureSources]:
    procedures = ProcedureSources(tmp_path)
    yield procedures
    procedures.close()


def test_a_dossier_of_a_rescinded_procedure_is_told_from_the_day_after(procedures: ProcedureSources) -> None:
    procedures.observe(
        "2025-06-10 20:00",
        national="code\n1.000001\n1.000002\n1.000003",
        decisions="""
        id | signed     | agency            | new      | rescinded
        D1 | 2025-03-03 | UBND tỉnh Đồng Nai |         | 1.000001 1.000002
        D2 | 2025-04-01 | UBND tỉnh Đồng Nai | 1.000002 |
        D3 | 2025-03-03 | UBND tỉnh Lâm Đồng |         | 1.000003
        """,
    )
    procedures.accept(
        """
        code | procedure | accepted
        same | 1.000001  | 2025-03-03 16:00
        next | 1.000001  | 2025-03-04 08:00
        anew | 1.000002  | 2025-04-02 08:00
        else | 1.000003  | 2025-03-04 08:00
        """,
    )
    procedures.build("2025-12-31", [DETECTORS["t13"].table])
    assert shown(procedures, "t13") == {("da_bai_bo", "next")}


def test_a_published_procedure_with_a_placeholder_or_one_text_in_three_places_is_told(
    procedures: ProcedureSources,
) -> None:
    procedures.observe(
        "2025-06-10 20:00",
        national="""
        code     | steps         | result         | condition         | agency
        1.000001 | Nộp hồ sơ     | Giấy khai sinh | Không có          | Sở Tư pháp
        1.000002 | Đang cập nhật | Giấy khai sinh | Không có          | Sở Tư pháp
        1.000003 | Như trên đã nêu | Như trên đã nêu | Như trên đã nêu | Sở Tư pháp
        1.000004 | Như trên đã nêu | Như trên đã nêu | Không có        | Sở Tư pháp
        """,
    )
    procedures.build("2025-12-31", [DETECTORS["t25"].table])
    assert shown(procedures, "t25") == {("giu_cho", "1.000002"), ("lap_lai", "1.000003")}


def test_a_procedure_taken_off_and_listed_again_is_told_one_that_only_left_is_not(procedures: ProcedureSources) -> None:
    procedures.observe("2025-06-10 20:00", national="code\n1.000001\n1.000002\n1.000003")
    procedures.observe("2025-06-11 20:00", national="code\n1.000003")
    procedures.observe("2025-06-12 20:00", national="code\n1.000001\n1.000003")
    procedures.build("2025-12-31", [DETECTORS["t26"].table])
    assert shown(procedures, "t26") == {("dang_lai", "1.000001")}


def test_a_unit_that_closed_accepts_nothing_from_the_day_after(tmp_path: Path) -> None:
    dossiers = DossierSources(tmp_path, (DETECTORS["t14"].table,))
    dossiers.given_agencies("id | code | name | parent_id\nH10 | H10 | UBND tỉnh Bình Phước |")
    dossiers.given(
        """
        code | unit    | accepted
        last | H10     | 2025-06-30 16:00
        next | H10     | 2025-07-01 08:00
        open | H19.01  | 2025-07-01 08:00
        """,
        appointment="2025-07-10 16:30",
    )
    dossiers.build(CLOSING)
    assert shown(dossiers, "t14") == {("don_vi_cu", "next")}
    dossiers.close()


@pytest.fixture
def registers(tmp_path: Path) -> Iterator[RegisterSources]:
    registers = RegisterSources(tmp_path)
    yield registers
    registers.close()


def told(registers: RegisterSources, trap: str) -> set[tuple[str, str]]:
    """Signal and sentence: of people only how many is told."""
    registers.build(CLOSING)
    for table in ("officials", "ratings", "inspection_units"):
        registers.query(f"alter table staging.registers__{table} add column first_seen_at timestamptz")
    for model in load():
        if model.table in ("indicators.ratings", DETECTORS[trap].table):
            building.build(registers.warehouse, model)
    return set(registers.query(f"select signal, sentence from {DETECTORS[trap].table}"))


def test_a_unit_added_to_the_list_after_approval_is_told(registers: RegisterSources) -> None:
    registers.given(
        "inspection_units",
        """
        unit              | approved_on | added_on   | added_reason
        Phòng Tổng hợp    | 2025-02-10  | 2025-02-10 |
        Phòng Hành chính  | 2025-02-10  |            |
        Sở Tư pháp        | 2025-02-10  | 2025-02-11 | Theo đơn
        """,
    )
    assert told(registers, "t27") == {
        ("them_sau_duyet", "Kế hoạch 12/KH-VP: Sở Tư pháp được thêm ngày 11/02/2025, sau ngày duyệt 10/02/2025")
    }


def test_only_two_primary_positions_held_together_in_two_units_are_told(registers: RegisterSources) -> None:
    registers.given(
        "officials",
        """
        person | unit           | is_primary | starts_on  | ends_on
        two    | Phòng Tổng hợp | Có         | 2024-01-01 |
        two    | Phòng Nội chính | Có        | 2025-06-01 |
        aside  | Phòng Tổng hợp | Có         | 2024-01-01 |
        aside  | Phòng Nội chính | Không     | 2025-06-01 |
        moved  | Phòng Tổng hợp | Có         | 2024-01-01 | 2025-05-31
        moved  | Phòng Nội chính | Có        | 2025-06-01 |
        typed  | Phòng Tổng hợp | Có         | 2024-01-01 |
        typed  | PHÒNG TỔNG HỢP | Có         | 2025-06-01 |
        """,
    )
    assert told(registers, "t28") == {
        ("hai_vi_tri", "1 người có vị trí chính ở hai đơn vị cùng lúc; mỗi người chỉ tính một lần")
    }


def test_a_rating_needs_the_number_and_the_day_of_its_decision(registers: RegisterSources) -> None:
    registers.given(
        "ratings",
        """
        person | category                | decision_number | decided_on
        whole  | Hoàn thành tốt nhiệm vụ | 90/QĐ-VP        | 2025-12-12
        unsaid | Hoàn thành tốt nhiệm vụ |                 | 2025-12-12
        undone | Hoàn thành tốt nhiệm vụ | 90/QĐ-VP        |
        later  | Chưa xếp loại           |                 |
        """,
    )
    registers.given(
        "ratings",
        """
        person | period  | points | decision_number
        low    | Năm     | 64     | 95/QĐ-VP
        high   | Năm     | 92     | 95/QĐ-VP
        month  | Tháng 3 | 64     |
        month  | Tháng 4 | 75     |
        """,
        year="2026",
    )
    assert told(registers, "t29") == {
        ("chua_quyet_dinh", "Xếp loại năm 2025: 2 người đã ghi mức nhưng chưa có số hoặc ngày quyết định"),
        ("diem_trai_muc", "Xếp loại năm 2026: 1 người có điểm trái mức; chưa kết luận đến khi sổ được sửa"),
        ("diem_trai_muc", "Xếp loại Tháng 3/2026: 1 người có điểm trái mức; chưa kết luận đến khi sổ được sửa"),
    }
