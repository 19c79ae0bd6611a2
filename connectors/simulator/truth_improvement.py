"""What the loop must come to: the forms that are opened, how each stands, and the three figures; by plain counting.

Suspicions are not in it: which of them recur is told by the traps' own specifications.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from connectors.simulator.ground_truth import unit_of
from connectors.simulator.periods import YEAR, Period, periods
from connectors.simulator.registers.inspections import FAILED
from connectors.simulator.registers.office import rows as registers_of
from connectors.simulator.registers.rooms import names
from connectors.simulator.world import World


Row = dict[str, Any]
ANSWER, CHECK, AGAIN = timedelta(days=14), timedelta(days=90), 365
# In millionths; what is not here must be whole.
TARGETS = {"MT1": 970_000, "MT1a": 970_000, "MT1b": 970_000, "MT4a": 900_000, "MT4b": 950_000, "MT5": 500_000}
STOCKS = {"MT3", "MT3.3", "MT3.4", "MT4a", "MT4b", "MT5", "D1", "D2", "D3"}
AT_THE_END = {"MT4b", "MT5", "D1", "D2", "D3"}
PARTS = {"MT1": ("MT1a", "MT1b"), "MT3": ("MT3.1", "MT3.2", "MT3.3", "MT3.4")}
HEADLINE = {"MT2a": "DOC", "MT2b": "PAIR"} | dict.fromkeys(("MT1", "MT1a", "MT1b"), "R1")


@dataclass(frozen=True)
class Form:
    code: str
    found_by: str
    subject: str
    unit: str
    opened_on: date
    row: Row | None

    def given(self, field: str, day: date) -> Any:
        """What somebody had written by a day: dates to come are not there yet."""
        value = (self.row or {}).get(field)
        return None if isinstance(value, date) and field != "due_on" and value > day else value

    def state(self, day: date, began: date) -> tuple[str, date | None]:
        """Its state and when the next step is due; nobody can answer before `began`, when the first look was taken."""
        done, checked = self.given("done_on", day), self.given("effectiveness_on", day)
        if self.row is None:
            return "Chưa trả lời", max(self.opened_on, began) + ANSWER
        if done is None:
            return "Đang khắc phục", self.row["due_on"]
        if checked is None:
            return "Chờ đánh giá hiệu lực", done + CHECK
        if self.row["effectiveness"] == "Chưa hiệu lực":
            return "Chưa hiệu lực", checked + ANSWER
        if self.given("closed_on", day) is None:
            return "Chờ đóng phiếu", checked + ANSWER
        return "Đã đóng", None


def forms(world: World, day: date, truth: Iterable[Mapping[str, Any]]) -> list[Form]:
    """`truth`: the rows of every indicator at that day, as ground_truth gives them."""
    registers = registers_of(world)
    written = {row["form_number"].upper(): row for row in registers["nonconformities"] if row["opened_on"] <= day}
    found = [*missed(day, truth), *inspected(registers["inspections"], day)]
    opened = [Form(*one, written.pop(one[0].upper(), None)) for one in found]
    return opened + [
        Form(row["form_number"], row["found_by"], row.get("linked_indicator", row["cause_code"][:3]), row["unit"],
             row["opened_on"], row)
        for row in written.values()
    ]  # fmt: skip


Opening = tuple[str, str, str, str, date]


def missed(day: date, truth: Iterable[Mapping[str, Any]]) -> Iterator[Opening]:
    """Quarters and years that are over and surely below their target, whatever is still open in them."""
    failed = {
        (str(row["indicator"]), term(row)): date.fromisoformat(str(row["end"]))
        for row in truth
        if row["calendar"] == "iso" and row["kind"] in ("quarter", "year") and str(row["end"]) <= day.isoformat()
        and row["unit_code"] == unit_of(str(row["indicator"]))
        and row["definition"] == HEADLINE.get(str(row["indicator"]), "STD") and is_below(row)
    }  # fmt: skip
    for (indicator, when), ended_on in failed.items():
        is_told_by_year = indicator in STOCKS and when == "Q4"
        is_told_by_parts = any((part, when) in failed for part in PARTS.get(indicator, ()))
        is_early = indicator in AT_THE_END and when != "NAM"
        if not (is_told_by_year or is_told_by_parts or is_early):
            unit = unit_of(indicator)
            subject = f"{indicator}/NAM" if when == "NAM" else indicator
            yield f"KPH-{YEAR}-{indicator}-{when}", "Mục tiêu không đạt", subject, unit, ended_on


def term(row: Mapping[str, Any]) -> str:
    return "NAM" if row["kind"] == "year" else f"Q{(int(str(row['start'])[5:7]) + 2) // 3}"


def is_below(row: Mapping[str, Any]) -> bool:
    most, of = row["numerator"] + row["quarantined"], row["denominator"] + row["quarantined"]
    return bool(most * 1_000_000 < TARGETS.get(str(row["indicator"]), 1_000_000) * of)


def inspected(inspections: list[Row], day: date) -> Iterator[Opening]:
    codes = {name: code for code, name in names().items()}
    for row in inspections:
        if row.get("conclusion_number") == f"{700 + FAILED}/TB-VP" and row["concluded_on"] <= day:
            unit = codes[row["unit"]]
            yield (
                f"KPH-{YEAR}-KT-{row['conclusion_number']}-{unit}",
                "Kiểm tra không đạt",
                "KT",
                unit,
                row["concluded_on"],
            )


def recurring(found: list[Form]) -> dict[str, str]:
    """Code → the newest form before it of the same matter in the same unit, within a year."""
    again = {}
    for form in found:
        before = [
            (other.opened_on, other.code)
            for other in found
            if (other.subject, other.unit) == (form.subject, form.unit)
            and 0 < (form.opened_on - other.opened_on).days <= AGAIN
        ]
        if before:
            again[form.code] = max(before)[1]
    return again


def figures(found: list[Form], day: date) -> dict[tuple[str, str, date], tuple[int, int]]:
    """(figure, kind of period, its first day) → numerator, denominator; periods of the plain calendar."""
    again = recurring(found)
    return {
        (figure, period.kind, period.start): (good[True], good.total())
        for period in periods(day)
        if period.calendar == "iso"
        for figure, good in counted(found, again, period, day).items()
    }


def counted(found: list[Form], again: dict[str, str], period: Period, day: date) -> dict[str, Counter[bool]]:
    tallies: dict[str, Counter[bool]] = {name: Counter() for name in ("dung_han", "hieu_luc", "tai_dien")}
    last = min(period.end, day)
    for form in found:
        due, done, checked = ((form.row or {}).get("due_on"), form.given("done_on", day),
                              form.given("effectiveness_on", day))  # fmt: skip
        if due and period.start <= due <= last and (done or due < day):
            tallies["dung_han"][bool(done and done <= due)] += 1
        if checked and form.row and period.start <= checked <= last:
            tallies["hieu_luc"][form.row["effectiveness"] == "Có hiệu lực"] += 1
        if period.start <= form.opened_on <= last:
            tallies["tai_dien"][form.code in again] += 1
    return tallies
