"""Closing a period: what was published of it stays, what comes out otherwise is told, a reason lets it in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.support.evenings import Evenings
from warehouse import closing, ledger
from warehouse.closed_periods import Closing, ClosingRefused


SIGNED, NEXT, LATER = date(2025, 5, 20), date(2025, 5, 21), date(2025, 5, 22)
MARCH = """
code | status         | accepted         | appointment      | completed
A    | Đã trả kết quả | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-07 09:00
B    | Đã trả kết quả | 2025-03-03 08:00 | 2025-03-10 16:30 | 2025-03-12 09:00
O    | Đang xử lý     | 2025-05-19 08:00 | 2025-06-30 16:30 |
"""
OF_MARCH = (
    " where indicator = 'MT1' and definition = 'R1' and unit_code = 'VP' and period_calendar = 'iso'"
    " and period_kind = 'month' and period_start = date '2025-03-01'"
)


class Closable(Evenings):
    def close(self, period: str, reason: str | None = None) -> Closing:
        return closing.close(self.dossiers.warehouse, self.published, period, reason)

    def asks(self, sql: str) -> list[tuple[Any, ...]]:
        return self.dossiers.query(sql)

    def march(self) -> list[tuple[Any, ...]]:
        """Numerator, denominator and state of MT1 R1, as the closing date in hand tells them."""
        return self.asks(
            f"select numerator, denominator, state from marts.indicator_result{OF_MARCH}"
            " and closing_date = (select closing_date from reference.closing)"
        )


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Closable]:
    """After an evening in May on which March had one dossier in time and one late."""
    monkeypatch.setattr(
        "tests.support.evenings.BUILT",
        (
            "core.admissions",
            "marts.closed_period",
            "marts.indicator_result",
            "marts.restatement",
            "marts.scoreboard",
        ),
    )
    evenings = Closable(tmp_path)
    evenings.on(SIGNED).given(MARCH)
    evenings.night(SIGNED)
    yield evenings
    evenings.dossiers.close()


def test_a_closed_period_is_final_and_the_rest_provisional(office: Closable) -> None:
    done = office.close("2025-Q1")
    assert (done.number, done.start, done.end, done.closing_date, done.reason) == (
        1, date(2025, 1, 1), date(2025, 3, 31), SIGNED, None,
    )  # fmt: skip
    office.on(NEXT)
    office.night(NEXT)
    assert office.march() == [(1, 2, "final")]
    assert office.asks(
        "select distinct period_calendar, period_kind, month(period_start), state from marts.indicator_result"
        " where closing_date = '2025-05-21' and (period_kind = 'quarter' or period_start >= '2025-03-15') order by all"
    ) == [
        ("iso", "month", 4, "provisional"),
        ("iso", "month", 5, "provisional"),
        ("iso", "quarter", 1, "final"),
        ("iso", "quarter", 4, "provisional"),
        ("report", "month", 3, "provisional"),
        ("report", "month", 4, "provisional"),
        ("report", "month", 5, "provisional"),
        ("report", "quarter", 3, "provisional"),
        # From 15/12 to 14/03: the first quarter of the report year.
        ("report", "quarter", 12, "final"),
    ]
    assert office.asks("select period, number, figures, changes_waiting, state from marts.closed_period") == [
        ("2025-Q1", 1, done.figures, 0, "final")
    ]
    # The day before knew of no closing, and still does not.
    assert office.again(SIGNED) == []


def test_a_closed_figure_stays_until_a_reason_is_given(office: Closable) -> None:
    office.close("2025-Q1")
    before = office.asks(
        "select * exclude (closing_date, known_from, run_id, state) from marts.indicator_result" + OF_MARCH
    )
    office.on(NEXT).given("code | completed\nB | 2025-03-10 16:00")
    office.night(NEXT)
    assert office.march() == [(1, 2, "final")]
    # Whole as it was closed: whoever adds a column to the table adds it to ledger.closed_figures.
    after = office.asks(
        "select * exclude (closing_date, known_from, run_id, state) from marts.indicator_result"
        f"{OF_MARCH} and closing_date = '2025-05-21'"
    )
    assert after == before
    changes = (
        "select numerator_closed, denominator_closed, numerator_measured, sentence"
        f" from marts.closed_figure_change{OF_MARCH}"
    )
    assert office.asks(changes) == [
        (
            1, 2, 2,
            "MT1 (R1), Phạm vi mục tiêu của Văn phòng UBND tỉnh, 01/03/2025 – 31/03/2025: đã chốt 1/2 (Chưa đạt), "
            "nay tính ra 2/2 (Đạt).",
        )
    ]  # fmt: skip
    assert office.asks("select count(*) from marts.restatement where period_end <= '2025-03-31'") == [(0,)]
    ((waiting, listed),) = office.asks(
        "select changes_waiting, (select count(*) from marts.closed_figure_change) from marts.closed_period"
    )
    assert waiting == listed > 0

    again = office.close("2025-Q1", "Sổ một cửa sửa ngày trả của hồ sơ B theo biên bản 12/BB-VP")
    assert (again.number, again.figures) == (2, waiting)
    with pytest.raises(ClosingRefused, match="Đã nhận lý do"):
        office.close("2025-Q1", "Lần nữa")
    office.on(LATER)
    office.night(LATER)
    assert office.march() == [(2, 2, "final")]
    assert office.asks(changes) == []
    assert office.asks(
        "select numerator_before, numerator_after, reason from marts.restatement"
        f"{OF_MARCH} and closing_date = '2025-05-22'"
    ) == [(1, 2, "Sổ một cửa sửa ngày trả của hồ sơ B theo biên bản 12/BB-VP")]
    # Both are kept.
    assert office.asks(f"select number, numerator from ledger.closed_figures{OF_MARCH} order by number") == [
        (1, 1),
        (2, 2),
    ]


REFUSED = (
    ("2025-Q2", None, "Kỳ 2025-Q2 chưa hết"),
    ("2025", None, "Kỳ 2025 chưa hết"),
    ("2024", None, "không có số liệu của kỳ 2024"),
    ("quý một", None, "Không hiểu kỳ 'quý một'"),
    ("2025-Q1", None, "Kỳ 2025-Q1 đã chốt lần 1"),
    ("2025-02", None, "đã nằm trong kỳ 2025-Q1"),
    ("2025-04", "Sửa", "Kỳ 2025-04 chưa chốt"),
    ("2025-Q1", "Sửa", "Không có số nào"),
    ("2025-Q1", "  ", "không được để trống"),
)


def test_what_cannot_be_closed_is_said_and_changes_nothing(tmp_path: Path, office: Closable) -> None:
    office.close("2025-Q1")
    for period, reason, said in REFUSED:
        with pytest.raises(ClosingRefused, match=said):
            office.close(period, reason)
    with pytest.raises(ClosingRefused, match="Chưa có bản công bố nào"):
        closing.close(office.dossiers.warehouse, tmp_path / "elsewhere", "2025-04")
    ledger.start_run(office.dossiers.warehouse, "test", SIGNED)
    ledger.end_run(office.dossiers.warehouse, "test", "failed", reason="scanned")
    with pytest.raises(ClosingRefused, match="không được công bố"):
        office.close("2025-04")
    assert office.asks("select period, number from ledger.closings") == [("2025-Q1", 1)]
    assert office.asks("select distinct period, number from ledger.closed_figures") == [("2025-Q1", 1)]


def test_a_larger_period_waits_for_the_reasons_of_a_smaller_one(office: Closable) -> None:
    office.close("2025-03")
    office.on(NEXT).given("code | completed\nB | 2025-03-10 16:00")
    office.night(NEXT)
    with pytest.raises(ClosingRefused, match="Nêu lý do điều chỉnh cho kỳ đó trước"):
        office.close("2025-Q1")
    office.close("2025-03", "Sửa theo biên bản")
    office.on(LATER)
    office.night(LATER)
    assert office.close("2025-Q1").number == 1
    assert office.asks(f"select period, number, numerator from ledger.closed_figures{OF_MARCH} order by all") == [
        ("2025-03", 1, 1),
        ("2025-03", 2, 2),
    ]
