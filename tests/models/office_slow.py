"""MT4a, MT4b, MT5, D1, D2 and D3 a second time: one record after the other, in plain words, without SQL.

Rows are those of tests/models/register_sources.py (all text). An answer is {(indicator, definition): (met, met +
failed, excluded, undetermined)} for one day; a key without a record is missing.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.models.slow_calendar import later


Row = dict[str, str]
Outcomes = dict[tuple[str, str], list[str]]
EXCELLENT, GOOD = "Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ"
# Least points, and points that are too many (NĐ 335/2025/NĐ-CP).
BANDS = {EXCELLENT: (90, 101), GOOD: (70, 101), "Hoàn thành nhiệm vụ": (50, 70), "Không hoàn thành nhiệm vụ": (0, 101)}
CRITERIA = ("professional", "political", "administration", "leadership", "language_it", "experience")
KINDS = {"can_bo": "Cán bộ", "cong_chuc": "Công chức", "vien_chuc": "Viên chức", "hop_dong": "Hợp đồng"}
# The objectives hold from that day.
DECIDED_ON = date(2025, 5, 8)
PLAN = ("measures", "resources", "responsible", "finish", "method")
SCALES = {
    "5x5": (5, (("Thấp", 1), ("Trung bình", 5), ("Cao", 10), ("Rất cao", 16))),
    "3x3": (3, (("Thấp", 1), ("Trung bình", 3), ("Cao", 6))),
}


@dataclass
class Decisions:
    """The decision parameters that these indicators obey."""

    kinds: list[str] = field(default_factory=lambda: ["can_bo", "cong_chuc"])
    good: str = "tot_tro_len"
    inspected: str = "co_ket_luan"
    scale: str = "5x5"


def day_of(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def said(text: str) -> bool:
    """Something, and not that it will be said some day."""
    return any(letter.isalnum() for letter in text) and text.strip(" .…").casefold() != "đang cập nhật"


def by_then(text: str, day: date, since: date = date.min) -> bool:
    """Whether that happened from `since` to the day, both included."""
    moment = day_of(text)
    return moment is not None and since <= moment <= day


class Slow:
    """All six indicators as at one day."""

    def __init__(self, registers: dict[str, list[Row]], units: list[Row], day: date, decisions: Decisions) -> None:
        self.registers, self.units, self.day, self.decisions = registers, units, day, decisions
        self.first = date(day.year, 1, 1)
        self.people = {KINDS[kind] for kind in decisions.kinds}

    def counts(self) -> dict[tuple[str, str], tuple[int, int, int, int]]:
        found: dict[tuple[str, str], Counter[str]] = {}
        for indicator, definition, outcome in self.records():
            found.setdefault((indicator, definition), Counter())[outcome] += 1
        return {
            key: (seen["met"], seen["met"] + seen["failed"], seen["excluded"], seen["undetermined"])
            for key, seen in ((key, self.discreet(key[0], seen)) for key, seen in found.items())
            if seen.total()
        }

    def discreet(self, indicator: str, seen: Counter[str]) -> Counter[str]:
        """Fewer than five people are not told of; fewer than five decided are all open."""
        decided = seen["met"] + seen["failed"]
        if not indicator.startswith("MT4"):
            return seen
        if decided + seen["undetermined"] < 5:
            return Counter()
        if decided < 5:
            return Counter(excluded=seen["excluded"], undetermined=seen["undetermined"] + decided)
        return seen

    def records(self) -> Iterator[tuple[str, str, str]]:
        for kind, outcome in self.standards().values():
            if kind in self.people:
                yield "MT4a", "STD", outcome
            if kind == "Viên chức":
                yield "MT4a", "VC", outcome
        yield from self.ratings()
        yield from self.inspections()
        yield from self.rooms()

    # -- people

    def standards(self) -> dict[str, tuple[str, str]]:
        """Person → kind and outcome in the one position that counts."""
        best: dict[str, tuple[Any, Row]] = {}
        for row in self.registers["officials"]:
            if by_then(row["starts_on"], self.day) and (not row["ends_on"] or not self.has_passed(row["ends_on"])):
                start = date.fromisoformat(row["starts_on"])
                rank = (row["is_primary"] == "Có", start, -int(row["record_key"]))
                if row["person"] not in best or rank > best[row["person"]][0]:
                    best[row["person"]] = (rank, row)
        return {person: (row["kind"], self.standard(row)) for person, (_, row) in best.items()}

    def has_passed(self, text: str) -> bool:
        return date.fromisoformat(text) < self.day

    def standard(self, row: Row) -> str:
        states = [row[criterion] for criterion in CRITERIA]
        if row["differing_columns"]:
            return "undetermined"
        if row["absence"] != "Không":
            return "excluded"
        if row["is_primary"] != "Có":
            return "undetermined"
        if any(state in ("Chưa đạt", "Đang hoàn thiện") for state in states):
            return "failed"
        return "undetermined" if "Chưa đủ hồ sơ" in states else "met"

    def ratings(self) -> Iterator[tuple[str, str, str]]:
        of_year = [
            row for row in self.registers["ratings"] if int(row["year"]) == self.day.year and row["period"] == "Năm"
        ]
        good = {GOOD, EXCELLENT} if self.decisions.good == "tot_tro_len" else {GOOD}
        scopes = (("STD", self.people, good), ("XS", self.people, {EXCELLENT}), ("VC", {"Viên chức"}, good))
        for definition, kinds, categories in scopes:
            for row in self.held(of_year):
                if row["kind"] in kinds:
                    yield "MT4b", definition, self.rating(row, categories)
            if of_year:
                named = {row["person"] for row in of_year}
                for person, (kind, outcome) in self.standards().items():
                    if kind in kinds and outcome != "excluded" and person not in named:
                        yield "MT4b", definition, "undetermined"

    def held(self, ratings: list[Row]) -> list[Row]:
        """Of each person the newest decision by the day; without one, what the register has first."""
        best: dict[str, tuple[tuple[bool, str, int], Row]] = {}
        for row in ratings:
            is_decided = self.is_decided(row)
            rank = (is_decided, row["decided_on"] if is_decided else "", -int(row["record_key"]))
            if row["person"] not in best or rank > best[row["person"]][0]:
                best[row["person"]] = (rank, row)
        return [row for _, row in best.values()]

    def is_decided(self, row: Row) -> bool:
        is_given = row["stage"] in ("", "Có quyết định") and any(map(str.isalnum, row["decision_number"]))
        return is_given and by_then(row["decided_on"], self.day)

    def rating(self, row: Row, categories: set[str]) -> str:
        if row["differing_columns"]:
            return "undetermined"
        if row["category"] == "Chưa xếp loại":
            return "excluded"
        if not self.is_decided(row) or self.contradicts(row):
            return "undetermined"
        return "met" if row["category"] in categories else "failed"

    def contradicts(self, row: Row) -> bool:
        """Whether the points of an official's rating since 2026 are not those of the category, or do not add up."""
        general, task, told = (Decimal(row[name] or "NaN") for name in ("general_points", "task_points", "points"))
        total = general + task if told.is_nan() else told
        if int(row["year"]) < 2026 or row["kind"] == "Viên chức":
            return False
        if (not general.is_nan() and general > 30) or (not task.is_nan() and task > 70):
            return True
        if total.is_nan():
            return False
        least, too_many = BANDS[row["category"]]
        adds_up = (general + task).is_nan() or total == general + task
        return not (least <= total < too_many and total <= 100 and adds_up)

    # -- units

    def code(self, written: str) -> str:
        """The room's code, or the text itself where nobody knows the room."""
        for unit in self.units:
            if written.strip().casefold() in (unit["unit_name"].casefold(), unit["unit_code"].casefold()):
                return unit["unit_code"]
        return written.strip().casefold()

    def inspections(self) -> Iterator[tuple[str, str, str]]:
        # Unit → whether a row of the list that nothing contradicts names it.
        listed: dict[str, bool] = {}
        for row in self.registers["inspection_units"]:
            is_added = not row["added_on"] or by_then(row["added_on"], self.day)
            if by_then(row["approved_on"], self.day, self.first) and is_added:
                unit = self.code(row["unit"])
                listed[unit] = listed.get(unit, False) or not row["differing_columns"]
        contradicted = {
            self.code(row["unit"])
            for row in self.registers["inspections"]
            if row["differing_columns"]
            and by_then(row["plan_on"], self.day)
            and (row["starts_on"] or row["plan_on"])[:4] == str(self.day.year)
        }
        visits = [
            row
            for row in self.registers["inspections"]
            if row["body"] == "Văn phòng" and row["form"] not in ("Tự kiểm tra", "Phiếu khảo sát")
        ]
        for definition, evidence in (("STD", self.decisions.inspected), ("BB", "co_bien_ban")):
            done = {
                self.code(row["unit"])
                for row in visits
                if self.is_inspected(row, evidence) and not row["differing_columns"]
            }
            for unit, is_firm in listed.items():
                is_open = not is_firm or unit in contradicted
                yield "MT5", definition, "met" if is_firm and unit in done else "undetermined" if is_open else "failed"

    def is_inspected(self, row: Row, evidence: str) -> bool:
        concluded = said(row["conclusion_number"]) and by_then(row["concluded_on"], self.day, self.first)
        minuted = said(row["minutes_number"]) and by_then(row["minutes_on"], self.day, self.first)
        return concluded or (evidence == "co_bien_ban" and minuted)

    def rooms(self) -> Iterator[tuple[str, str, str]]:
        judges: dict[str, Callable[[str], Iterator[tuple[str, str, str]]]] = {
            "communications": self.communication,
            "objectives": self.objectives,
            "risks": self.risks,
        }
        for register, judge in judges.items():
            if any(int(row["year"]) == self.day.year for row in self.registers[register]):
                for unit in self.units:
                    if by_then(unit["valid_from"], self.day) and not (
                        unit["valid_to"] and self.has_passed(unit["valid_to"])
                    ):
                        yield from judge(unit["unit_code"])

    def rows(self, register: str, unit: str) -> list[Row]:
        return [
            row
            for row in self.registers[register]
            if int(row["year"]) == self.day.year and self.code(row["unit"]) == unit
        ]

    def in_force(self, register: str, unit: str) -> list[Row]:
        return [
            row
            for row in self.rows(register, unit)
            if said(row["approved_number"]) and by_then(row["approved_on"], self.day)
        ]

    def communication(self, unit: str) -> Iterator[tuple[str, str, str]]:
        rows = self.rows("communications", unit)
        told = [row["differing_columns"] for row in rows if by_then(row["communicated_on"], self.day, DECIDED_ON)]
        yield "D1", "STD", "met" if "" in told else "undetermined" if told else "failed"

    def objectives(self, unit: str) -> Iterator[tuple[str, str, str]]:
        if any(row["differing_columns"] for row in self.rows("objectives", unit)):
            yield from (("D2", definition, "undetermined") for definition in ("STD", "D2.1", "D2.2", "D2.3", "D2.4"))
            return
        approved = self.in_force("objectives", unit)
        measurable = all(row["target_percent"] or re.search("[0-9]", row["target_text"]) for row in approved)
        planned = all(said(row[part]) for row in approved for part in PLAN)
        followed = all(said(row["responsible"]) and self.is_followed(row) for row in approved)
        checks = {
            "STD": measurable and planned,
            "D2.1": measurable,
            "D2.2": planned,
            "D2.3": followed,
        }
        for definition, check in checks.items():
            yield "D2", definition, "met" if approved and check else "failed"
        asked = [row for row in self.rows("objectives", unit) if by_then(row["requested_on"], self.day)]
        if not asked:
            yield "D2", "D2.4", "excluded"
        else:
            answers = [self.answer(row) for row in asked]
            yield "D2", "D2.4", next(one for one in ("failed", "excluded", "met") if one in answers)

    def answer(self, row: Row) -> str:
        """Within five working days of the request; one that may still come is not late."""
        requested = date.fromisoformat(row["requested_on"])
        last = later(requested, 5)
        if by_then(row["reported_on"], self.day, requested):
            return "met" if date.fromisoformat(row["reported_on"]) <= last else "failed"
        return "failed" if last < self.day else "excluded"

    def is_followed(self, row: Row) -> bool:
        approved = date.fromisoformat(row["approved_on"])
        for quarter in range(1, 5):
            end = date(self.day.year + quarter // 4, quarter * 3 % 12 + 1, 1) - timedelta(days=1)
            if approved <= end <= self.day and not said(row[f"result_q{quarter}"]):
                return False
        return True

    def risks(self, unit: str) -> Iterator[tuple[str, str, str]]:
        if any(row["differing_columns"] for row in self.rows("risks", unit)):
            yield from (("D3", definition, "undetermined") for definition in ("STD", "D3.1", "D3.2"))
            return
        approved = self.in_force("risks", unit)
        checks: dict[str, Callable[[Row], bool]] = {
            "STD": lambda row: by_then(row["reviewed_on"], self.day, self.first),
            "D3.1": self.is_assessed,
            "D3.2": lambda row: row["state"] != "Đã hoàn thành" or row["effectiveness"] != "",
        }
        for definition, check in checks.items():
            yield "D3", definition, "met" if approved and all(map(check, approved)) else "failed"

    def is_assessed(self, row: Row) -> bool:
        widest, levels = SCALES[self.decisions.scale]
        probability, severity = int(row["probability"]), int(row["severity"])
        if not (1 <= probability <= widest and 1 <= severity <= widest):
            return False
        score = probability * severity
        level = [name for name, lowest in levels if score >= lowest][-1]
        return row["score"] == str(score) and row["level"] == level
