"""MT1 by sector and the time to intake, counted once more in plain Python from the same little table."""

from datetime import date
from statistics import mean, median
from typing import Any

from tests.models.dossier_sources import DossierSources, rows_of
from tests.models.register_sources import RegisterSources
from tests.models.slow_calendar import is_working
from tests.models.test_form import procedures


BUILT = ("marts.intake_time", "indicators.mt1_sectors")
CLOSING = date(2025, 3, 31)
SECTORS = """
code     | sector | name
---------+--------+---------
1.000001 | S1     | Hộ tịch
1.000002 | S2     | Đất đai
"""
# The appointment is 10 March.
DOSSIERS = """
code | procedure | method     | applied          | accepted         | completed        | status
-----+-----------+------------+------------------+------------------+------------------+---------------------------
A    | 1.000001  | Trực tuyến | 2025-03-03 07:30 | 2025-03-03 08:00 | 2025-03-07 09:00 | Đã trả kết quả
B    | 1.000001  | Trực tuyến | 2025-03-01 20:00 | 2025-03-03 08:00 | 2025-03-10 09:00 | Đã trả kết quả
C    | 1.000001  | Trực tuyến | 2025-02-26 08:00 | 2025-03-03 08:00 | 2025-03-11 09:00 | Đã trả kết quả
D    | 1.000002  | Trực tuyến | 2025-02-24 08:00 | 2025-03-03 08:00 | 2025-03-10 09:00 | Công dân yêu cầu rút hồ sơ
E    | 1.000002  | Trực tuyến | 2025-03-04 08:00 | 2025-03-03 08:00 | 2025-03-07 09:00 | Đã trả kết quả
F    | 1.000003  | Trực tiếp  | 2025-02-24 08:00 | 2025-03-03 08:00 | 2025-03-07 09:00 | Đã trả kết quả
G    | 1.000003  | Trực tuyến |                  | 2025-03-03 08:00 |                  | Đang xử lý
"""


def slow_sectors() -> dict[str, tuple[int, int, int, int]]:
    """Sector → met, settled, early, on time."""
    names = {row["code"]: row["name"] for row in rows_of(SECTORS)}
    found: dict[str, tuple[int, int, int, int]] = {}
    for row in rows_of(DOSSIERS):
        if row["status"] != "Đã trả kết quả":
            continue
        day = row["completed"][:10]
        early, on_time = int(day < "2025-03-10"), int(day == "2025-03-10")
        sector = names.get(row["procedure"], "Chưa xác định lĩnh vực")
        before = found.get(sector, (0, 0, 0, 0))
        found[sector] = (before[0] + early + on_time, before[1] + 1, before[2] + early, before[3] + on_time)
    return found


def slow_waits() -> list[int]:
    """Working days from the day of submission to that of acceptance, of those who came online."""
    waits = []
    for row in rows_of(DOSSIERS):
        if row["method"] == "Trực tuyến" and "" < row["applied"] <= row["accepted"]:
            first, last = (date.fromisoformat(row[name][:10]).toordinal() for name in ("applied", "accepted"))
            waits.append(sum(is_working(date.fromordinal(day)) for day in range(first + 1, last + 1)))
    return waits


def of_year(dossiers: DossierSources, columns: str, table: str) -> list[tuple[Any, ...]]:
    return dossiers.query(
        f"select {columns} from {table}"
        " where unit_code = 'VP' and period_calendar = 'iso' and period_kind = 'year_to_date'"
    )


def test_the_figures_are_those_of_a_slow_count(dossiers: DossierSources) -> None:
    procedures(dossiers, SECTORS)
    dossiers.given(DOSSIERS)
    dossiers.build(CLOSING)
    sectors = of_year(dossiers, "sector_name, numerator, denominator, early, on_time", "indicators.mt1_sectors")
    # Nothing of land was settled with a result but E, early.
    assert {row[0]: row[1:] for row in sectors} == slow_sectors()
    assert slow_sectors() == {
        "Hộ tịch": (2, 3, 1, 1), "Đất đai": (1, 1, 1, 0), "Chưa xác định lĩnh vực": (1, 1, 1, 0),
    }  # fmt: skip
    waits = slow_waits()
    assert waits == [0, 1, 3, 5]
    columns = "numerator, denominator, quarantined, actual, limit_days, median_days, mean_days, days_of_ninety"
    assert of_year(dossiers, columns, "marts.intake_time") == [(2, 4, 2, 0.5, 1, median(waits), mean(waits), 5)]


def test_rooms_are_counted_under_each_of_their_sectors(registers: RegisterSources) -> None:
    registers.given(
        "inspection_units",
        """
        unit                               | field    | added_on
        -----------------------------------+----------+-----------
        Phòng Tổng hợp                     | Đất đai  |
        Phòng Tổng hợp                     | Xây dựng |
        Phòng Kiểm soát thủ tục hành chính | đất đai  |
        Phòng Hành chính - Tổ chức         |          |
        Ban Thử nghiệm                     | Y tế     | 2025-07-15
        """,
    )
    registers.given("inspections", unit="PHÒNG TỔNG HỢP", conclusion_number="7/TB-VP", concluded_on="2025-04-10")
    registers.build(date(2025, 12, 31))
    figures = (
        "select lower(sector_name), numerator, denominator from indicators.mt5_sectors where period_calendar = 'iso'"
        " and period_kind = '{}' and period_start = '2025-{}' order by all"
    )
    year = [("chưa xác định lĩnh vực", 0, 1), ("xây dựng", 1, 1), ("y tế", 0, 1), ("đất đai", 1, 2)]
    assert registers.query(figures.format("year_to_date", "01-01")) == year
    half = [("chưa xác định lĩnh vực", 0, 1), ("xây dựng", 1, 1), ("đất đai", 1, 2)]
    assert registers.query(figures.format("quarter", "04-01")) == half
    assert [row[1] for row in registers.query(figures.format("quarter", "01-01"))] == [0, 0, 0]
