"""MT1, MT1a and MT1b a second time: one dossier after the other, in plain words, without SQL (domain §2, §3).

Rows are those of tests/models/dossier_sources.py (all text), with `promised` for an appointment first seen and later
moved. An answer is {(indicator, definition, group, unit, calendar, kind, start): [numerator, denominator, excluded,
set aside]} without rows of zeros.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil
from operator import itemgetter

from connectors.simulator.periods import periods
from tests.models.slow_calendar import CLOSES, DAY, after_minutes, floor, is_working, later, midnight, office_minutes


Row = dict[str, str]
Key = tuple[str, str, str, str, str, str, date]
STATUSES = {
    "mới đăng ký": 1, "được tiếp nhận": 2, "không được tiếp nhận": 3, "đang xử lý": 4, "thụ lý hồ sơ": 4,
    "yêu cầu bổ sung giấy tờ": 5, "yêu cầu thực hiện nghĩa vụ tài chính": 6, "công dân yêu cầu rút hồ sơ": 7,
    "dừng xử lý": 8, "trả lại hồ sơ": 8, "đã xử lý xong": 9, "đã trả kết quả": 10,
}  # fmt: skip
GROUPS = {"1": "ca_nhan", "Hộ kinh doanh": "ca_nhan", "2": "to_chuc", "Doanh nghiệp": "to_chuc", "9": "chua_xac_dinh"}
OBSERVED = datetime(2026, 2, 1, 12, 0)


@dataclass
class Decisions:
    """The decision parameters that MT1 obeys: P-04, P-13, P-15."""

    returns: str = "loai_khoi_R1"
    financial: str = "theo_thu_tuc"
    grain: str = "date"


def time_of(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None


class Dossier:
    """One dossier as known at the closing date."""

    def __init__(self, row: Row, closing: date, decisions: Decisions) -> None:
        self.row, self.closing, self.decisions = row, closing, decisions
        self.status = STATUSES.get(" ".join(row["status"].lower().split()))
        self.group = GROUPS[row["group"]] if row["group"] else ("to_chuc" if row["organization"] else "ca_nhan")
        self.accepted, self.completed = time_of(row["accepted"]), time_of(row["completed"])
        amount, _, self.unit_of_limit = row["limit"].partition(" ")
        self.amount = float(amount) if amount.replace(".", "").isdigit() else None
        self.has_amount = bool(amount)
        self.promise = time_of(row.get("promised", "")) or time_of(row["appointment"])
        self.supplements = sorted(self.spans("supplements"), key=itemgetter(0))
        self.charges = sorted(self.spans("financial"), key=itemgetter(0))
        # All is seen long after it is over: an appointment beyond the law tells nothing of what was promised.
        self.law, self.shown = self.statutory(), self.promise or self.statutory()
        self.is_beyond = bool(self.law and self.shown and self.mark(self.shown) > self.mark(self.law))
        self.due = self.law if self.is_beyond else self.shown

    def spans(self, column: str) -> Iterator[tuple[datetime, datetime]]:
        """Pauses asked for by the closing date; one without an end is open."""
        for text in filter(None, (part.strip() for part in self.row[column].split(","))):
            start, _, end = text.partition("..")
            if datetime.fromisoformat(start).date() <= self.closing:
                yield datetime.fromisoformat(start), time_of(end) or datetime.max

    def statutory(self) -> datetime | None:
        start, amount = self.accepted, self.amount
        if start is None or amount is None or start.year < 2019:
            return None
        if self.unit_of_limit == "h":
            return after_minutes(start, ceil(amount * 60))
        if self.unit_of_limit == "c":
            day = start.date() + ceil(amount) * DAY
            return midnight(day if is_working(day) else later(day, 1)) + CLOSES
        if self.unit_of_limit != "d":
            return None
        is_late = not is_working(start.date()) or start.time() > datetime(2025, 1, 1, 15).time()
        return midnight(later(start.date(), max(ceil(amount), int(amount == 0 and is_late)))) + CLOSES

    @cached_property
    def is_set_aside(self) -> bool:
        """Whether it cannot be counted, for whatever reason; supplements that end before they begin included."""
        row = self.row
        unreadable = any(row[name] and time_of(row[name]) is None for name in ("accepted", "appointment", "completed"))
        dates = [moment for moment in (self.accepted, self.completed, self.shown) if moment]
        ends = [text.partition("..") for name in ("supplements", "financial") for text in row[name].split(", ") if text]
        return (
            self.status is None
            or row["unit"] not in UNITS
            or unreadable
            or bool(self.unit_of_limit and self.unit_of_limit not in "dhc")
            or bool(self.unit_of_limit and self.has_amount and self.amount is None)
            or bool(self.is_counted and (self.accepted is None or self.due is None))
            or (self.is_counted and (self.status in (7, 8, 9, 10)) != (self.completed is not None))
            or bool(self.accepted and self.completed and self.completed < self.accepted)
            or any(moment.year < 2000 for moment in dates)
            or any(moment and moment > OBSERVED for moment in (self.accepted, self.completed))
            or any(end and end < start for start, _, end in ends)
        )

    @property
    def is_counted(self) -> bool:
        return self.status not in (1, 3)

    @cached_property
    def extended(self) -> datetime:
        """With the first supplement (and charge, where it pauses) asked for in time; the earlier, if none can tell."""
        return self.dues[0]

    @cached_property
    def dues(self) -> tuple[datetime, datetime | None]:
        """The due date that decides; beside it the later one, where nobody can tell whether it contains the pause."""
        assert self.due
        assert self.shown
        charges = self.charges[:1] if self.decisions.financial == "luon_tam_dung" else []
        valid = [span for span in self.supplements[:1] + charges if self.in_time(span[0])]
        told = self.supplements + [span for span in charges if span in valid]
        legal = self.moved(self.due, valid)
        # What the newest appointment has in addition, the first one had not.
        newest = time_of(self.row["appointment"]) or self.shown
        has_grown = newest > self.shown and self.mark(newest) == self.mark(self.moved(self.shown, valid))
        if not told or has_grown or (self.law and not self.is_beyond):
            return legal, None
        contained = {self.mark(legal), self.mark(self.moved(self.due, told))}
        if self.law and min(end for _, end in told) <= OBSERVED and self.mark(self.shown) in contained:
            return legal, None
        return min(legal, self.shown), max(legal, self.moved(self.shown, valid))

    @property
    def is_unclear(self) -> bool:
        """Late by the earlier due date and not by the later one."""
        return bool(self.dues[1] and self.is_late(self.dues[0]) and not self.is_late(self.dues[1]))

    def moved(self, due: datetime, spans: list[tuple[datetime, datetime]]) -> datetime:
        """A due date with the working time of these pauses."""
        until = min(self.completed or datetime.max, midnight(self.closing) + timedelta(hours=23, minutes=59))
        days = minutes = 0
        for start, end in ((start, min(end, until)) for start, end in spans):
            days += sum(is_working(start.date() + n * DAY) for n in range(1, (end.date() - start.date()).days + 1))
            minutes += office_minutes(start, end)
        if self.unit_of_limit == "h":
            return after_minutes(due, minutes) if minutes else due
        return due + (later(due.date(), days) - due.date())

    def mark(self, moment: datetime) -> datetime | date:
        """What of a moment counts against the limit."""
        return floor(moment) if self.unit_of_limit == "h" else moment.date()

    def in_time(self, start: datetime) -> bool:
        assert self.due
        return self.mark(start) <= self.mark(self.due)

    def is_late(self, due: datetime) -> bool:
        assert self.completed
        if self.unit_of_limit == "h" or self.decisions.grain == "minute":
            return floor(self.completed) > floor(due)
        return self.completed.date() > due.date()

    def ended_on(self) -> date:
        return self.completed.date() if self.completed and self.status in (7, 8, 9, 10) else date.max

    def is_open(self, day: date) -> bool:
        assert self.accepted
        return self.accepted.date() <= day < min(self.ended_on(), self.closing + DAY)

    def waiting(self, day: date, due: datetime) -> str:
        """How it stands, open, at the end of a day: overdue, asked twice, or in time."""
        spans = self.supplements + [
            span for span in self.charges[:1] if self.decisions.financial == "luon_tam_dung" and self.in_time(span[0])
        ]
        is_paused = any(s.date() <= min(day, due.date()) and e.date() > day for s, e in spans)
        if day > due.date() and not is_paused:
            return "overdue"
        return "twice" if sum(start.date() <= day for start, _ in self.supplements) > 1 else "in_time"


# Unit → the scopes it counts in; the directory stands in tests/models/test_mt1_slow.py.
UNITS = {
    "H19": ("H19",),
    "H19.02": ("H19.02", "H19", "VP"),
    "H19.22": ("H19.22", "H19"),
    "H19.22.20": ("H19.22.20", "H19.22", "H19"),
}


def year_before(day: date) -> date:
    """The same day a year earlier; February ends where it ends. No closing date of the test lies in a leap year."""
    following = day + DAY
    return following.replace(year=following.year - 1) - DAY


def counts_last_year(rows: list[Row], closing: date, decisions: Decisions) -> dict[Key, list[int]]:
    """Numerator and denominator of the same span a year earlier, where what is known reaches so far back."""
    known = [dossier for row in rows if not (dossier := Dossier(row, closing, decisions)).is_set_aside]
    since = min((one.accepted.date() for one in known if one.is_counted and one.accepted), default=date.max)
    return {
        key: parts[:2]
        for key, parts in counted(rows, closing, decisions, year_before).items()
        if parts[1] and since <= key[-1].replace(year=key[-1].year - 1) + 10 * DAY
    }


def counts(rows: list[Row], closing: date, decisions: Decisions) -> dict[Key, list[int]]:
    return counted(rows, closing, decisions, lambda day: day)


def counted(
    rows: list[Row], closing: date, decisions: Decisions, moved: Callable[[date], date]
) -> dict[Key, list[int]]:
    """By the period as it is called, of the days that it is moved to."""
    found: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        dossier = Dossier(row, closing, decisions)
        populations = [("MT1", "all"), {"ca_nhan": ("MT1b", "ca_nhan"), "to_chuc": ("MT1a", "to_chuc")}.get(
            dossier.group, ("MT1", "chua_xac_dinh")
        )]  # fmt: skip
        for period in periods(closing):
            for definition, parts in contributions(
                dossier, moved(period.start - DAY) + DAY, moved(min(period.end, closing))
            ):
                for indicator, group in populations:
                    for unit in UNITS.get(row["unit"], ("H19", "VP")):
                        key = (indicator, definition, group, unit, period.calendar, period.kind, period.start)
                        found[key] = [old + new for old, new in zip(found[key], parts, strict=True)]
    return {key: parts for key, parts in found.items() if any(parts)}


def contributions(dossier: Dossier, start: date, end: date) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """(definition, (numerator, denominator, excluded, set aside)) of one dossier in one period."""
    if not dossier.is_counted:
        return
    if dossier.is_set_aside:
        since = dossier.accepted.date() if dossier.accepted else date.min
        until = dossier.completed.date() if dossier.completed else date.max
        if since <= end and until >= start:
            yield from ((definition, (0, 0, 0, 1)) for definition in ("R1", "R1s", "R2", "R3", "B"))
        return
    assert dossier.accepted
    if dossier.accepted.date() > end:
        return
    due = dossier.extended
    if start <= dossier.ended_on() <= end:
        good, has_result = int(not dossier.is_late(due)), dossier.status in (9, 10)
        is_in = has_result or dossier.decisions.returns == "tinh_vao_R1"
        counted = (0, 0, 0, 1) if dossier.is_unclear else (good, 1, 0, 0)
        yield "R1", counted if is_in else (0, 0, 1, 0)
        yield "R1s", counted
        yield "R2", (good, 0, 0, 0)
        yield "R3", counted if has_result or dossier.is_unclear else (0, 1 - good, good, 0)
    if dossier.accepted.date() >= start or dossier.is_open(start - DAY):
        yield "R2", (0, 1, 0, 0)
    if dossier.is_open(end):
        state = dossier.waiting(end, due)
        yield "R2", (int(state == "in_time"), 0, 0, 0)
        yield "R3", (0, int(state != "in_time"), 0, 0)
        yield "B", (int(state == "overdue"), 1, 0, 0)
