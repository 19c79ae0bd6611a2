"""Which days stand on the charts over months: from calendar, successions and decisions, and not from templates."""

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from assets.reports.page.trends import x
from assets.reports.paper import charts
from assets.reports.paper.drawing import svg
from assets.reports.paper.marks import told_marks
from assets.reports.year_marks import YEAR_MARKS, YearMark, place, told
from tests.support.warehouses import loaded_warehouse


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> dict[int, list[YearMark]]:
    with loaded_warehouse(
        tmp_path_factory.mktemp("marks"), clock=lambda: datetime(2026, 1, 1, tzinfo=UTC)
    ) as warehouse:
        return {
            year: [YearMark(*row) for row in warehouse.query(YEAR_MARKS.sql, {"year": year})] for year in (2025, 2026)
        }


def test_long_holidays_and_changes_of_the_year(marks: dict[int, list[YearMark]]) -> None:
    assert marks[2025] == [
        YearMark(date(2025, 1, 25), date(2025, 2, 2), "Nghỉ Tết 25/01–02/02"),
        YearMark(date(2025, 3, 1), date(2025, 3, 1), "Sắp xếp đơn vị 01/03"),
        YearMark(date(2025, 7, 1), date(2025, 7, 1), "Quy định mới, Sắp xếp đơn vị 01/07"),
    ]
    assert marks[2026] == [
        YearMark(date(2026, 2, 14), date(2026, 2, 22), "Nghỉ Tết 14/02–22/02"),
        YearMark(date(2026, 7, 1), date(2026, 7, 1), "Quy định mới 01/07"),
    ]
    assert told(marks[2026]) == "vùng xám: Nghỉ Tết 14/02–22/02; vạch chấm đứng: Quy định mới 01/07"
    assert told([]) == ""


def test_a_day_stands_between_the_middles_of_the_months() -> None:
    # The middle of June is 6, that of July 7; the year begins at the left of the axis and ends at its right.
    assert place(date(2025, 7, 1)) == 6.5
    assert (x(place(date(2025, 1, 1))), x(place(date(2026, 1, 1)) + 12)) == (46.0, 308.0)


def test_the_charts_of_the_report_carry_them(marks: dict[int, list[YearMark]]) -> None:
    months = pd.DataFrame(
        [("MT1", month, 0.9 + month / 100, 0.97, 0.95) for month in range(1, 8)],
        columns=["indicator", "month", "actual", "target", "running"],
    )
    control = months.assign(value=months["actual"], center=0.93, lower_limit=0.9, upper_limit=0.99, signal=None)
    objectives = pd.DataFrame([("MT1", 0.97, None, None, None)], columns=["indicator", "target", *charts.FORECASTS])
    frames = {
        "months": months,
        "control": control,
        "objectives": objectives,
        "milestones": pd.DataFrame(columns=["indicator", "month", "target"]),
        "year_marks": pd.DataFrame(marks[2025]).astype({"first_day": "datetime64[us]", "last_day": "datetime64[us]"}),
    }
    for chart in (charts.course(frames), charts.control(frames)):
        (rows,) = (list(rows) for rows in chart.to_dict()["datasets"].values())
        assert [(row["begins"], row["ends"]) for row in rows if row.get("begins") and "changed" not in row] == [
            (place(date(2025, 1, 25)), place(date(2025, 2, 3)))
        ]
        assert [row["changed"] for row in rows if "changed" in row] == [2.5, 6.5]
        # Drawn: nine days of grey behind the points.
        assert svg(chart).count("mark-rect") >= 1
    assert told_marks(frames) == (
        "; vùng xám: Nghỉ Tết 25/01–02/02; vạch chấm đứng: Sắp xếp đơn vị 01/03, Quy định mới, Sắp xếp đơn vị 01/07"
    )
