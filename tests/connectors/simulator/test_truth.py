"""The ground truth, against a slow reading of the very records that go over the wire."""

import json
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from connectors.simulator import working_time as wt
from connectors.simulator.counts import Count
from connectors.simulator.directory import by_code, scopes
from connectors.simulator.lifecycles import NEVER
from connectors.simulator.observations import group_of
from connectors.simulator.periods import Period, periods, year_to_date
from connectors.simulator.truth_dossiers import GROUPS, DossierTruth, headline_rates, quarantined
from connectors.simulator.tthc import is_synchronised
from connectors.simulator.world import World


YEAR_END = date(2025, 12, 31)
STATUSES = {
    "mới đăng ký": 1,
    "được tiếp nhận": 2,
    "không được tiếp nhận": 3,
    "đang xử lý": 4,
    "yêu cầu bổ sung giấy tờ": 5,
    "yêu cầu thực hiện nghĩa vụ tài chính": 6,
    "công dân yêu cầu rút hồ sơ": 7,
    "dừng xử lý": 8,
    "đã xử lý xong": 9,
    "đã trả kết quả": 10,
}
UNITS = {agency.id: agency.code for agency in by_code().values()}


# --- a plain calendar, one day at a time -------------------------------------------------------


def _works(day: date) -> bool:
    return bool(wt.WORKING[wt.day_number(day)])


def _step(day: date, count: int) -> date:
    while count > 0:
        day += timedelta(days=1)
        count -= _works(day)
    return day


def _working_days(start: date, end: date) -> int:
    return sum(_works(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def _is_office_minute(at: datetime) -> bool:
    """Whether the minute that begins here is worked."""
    minute = at.hour * 60 + at.minute
    return _works(at.date()) and (420 <= minute < 690 or 780 <= minute < 990)


def _run_clock(at: datetime, minutes: int) -> datetime:
    while minutes > 0:
        minutes -= _is_office_minute(at)
        at += timedelta(minutes=1)
    return at


def _office_minutes(start: datetime, end: datetime) -> int:
    total = 0
    while start < end:
        total += _is_office_minute(start)
        start += timedelta(minutes=1)
    return total


# --- one record, read the slow way -------------------------------------------------------------


def _local(text: str | None) -> datetime | None:
    if text is None:
        return None
    parsed = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")
    return parsed.replace(tzinfo=None) + (timedelta(hours=7) - parsed.utcoffset())


def _try_local(text: str | None) -> tuple[datetime | None, bool]:
    try:
        return _local(text), True
    except ValueError:
        return None, False


def _fold(name: str) -> str:
    return " ".join(name.lower().split())


def _statutory(accepted: datetime, unit: str | None, amount: int | None) -> datetime | None:
    if unit is None:
        return None
    day = accepted.date()
    if unit == "h":
        return _run_clock(accepted, amount * 60)
    if unit == "c":
        day += timedelta(days=amount)
        return datetime.combine(day if _works(day) else _step(day, 1), datetime.min.time())
    if amount == 0 and (accepted.hour * 60 + accepted.minute > 900 or not _works(day)):
        amount = 1
    return datetime.combine(_step(day, amount), datetime.min.time())


class Record:
    """The facts of one item, or the reason why it cannot be counted."""

    def __init__(self, item: dict, first_appointment: str | None, seen: datetime) -> None:
        self.seen = seen
        status = item.get("dossierTaskStatus", item["dossierStatus"])["name"]
        self.status = STATUSES.get(_fold(status))
        self.unit = UNITS.get(item["agency"]["id"], "?")
        data = item["applicant"]["data"]
        self.group = group_of(data.get("chonDoiTuong"), bool(data["organization"]))
        limit = item["procedureProcessDefinition"]["processDefinition"]
        self.limit_unit = limit.get("processingTimeUnit")
        self.pauses = [
            (
                _local(task["createdDate"]),
                None if task["isCurrent"] else _local(task["updatedDate"]),
            )
            for task in item["task"]
            if _fold(task["bpmProcessDefinitionTask"]["name"]) == "yêu cầu bổ sung giấy tờ"
        ]
        charges = [
            _local(task["createdDate"])
            for task in item["task"]
            if _fold(task["bpmProcessDefinitionTask"]["name"]) == "yêu cầu thực hiện nghĩa vụ tài chính"
        ]
        self.first_pause = min([start for start, _ in self.pauses] + charges, default=None)
        self.reason = self._read(item, limit, first_appointment)

    # One rule after the other, as the agreement lists them.
    def _read(self, item: dict, limit: dict, first_appointment: str | None) -> str | None:  # noqa: C901
        self.due = None
        self.accepted, readable = _try_local(item["acceptedDate"])
        self.ended = _local(item["completedDate"])
        if not readable:
            return "impossible_date"
        known = [at for at in (self.accepted, self.ended) if at is not None]
        if any(not 2000 <= at.year < 2030 for at in known):
            return "impossible_date"
        if self.status is None:
            return "unknown_status"
        if self.unit == "?":
            return "unknown_unit"
        amount = limit.get("processingTime")
        if self.limit_unit not in {None, "d", "h", "c"} or isinstance(amount, str):
            return "unreadable_limit"
        if self.status in {1, 3}:
            return None
        if self.accepted is None:
            return "accepted_missing"
        if (self.status >= 7) != (self.ended is not None):
            return "end_missing" if self.status >= 7 else "end_on_open"
        if self.ended is not None and self.ended < self.accepted:
            return "end_before_accepted"
        if any(end is not None and end < start for start, end in self.pauses):
            return "negative_pause"
        self.statutory = _statutory(self.accepted, self.limit_unit, amount)
        self.due = _local(first_appointment) or self.statutory
        self.current = _local(item["appointmentDate"])
        return None if self.due else "no_due_date"

    def mark(self, at: datetime) -> datetime | date:
        return at if self.limit_unit == "h" else at.date()

    def extended(self, due: datetime, pauses: list, day: date) -> datetime:
        """A due date with the working time of these pauses, as known that day."""
        evening = datetime.combine(day, datetime.max.time()).replace(second=0, microsecond=0)
        spans = [(start, min(end or evening, evening)) for start, end in pauses if start.date() <= day]
        if self.limit_unit == "h":
            minutes = sum(_office_minutes(start, end) for start, end in spans)
            return _run_clock(due, minutes) if minutes else due
        days = sum(_working_days(start.date(), end.date()) for start, end in spans)
        return datetime.combine(_step(due.date(), days), due.time()) if days else due

    def dues(self, day: date) -> tuple[datetime, datetime, bool]:
        """The due date that decides, the latest possible one, whether its pause is unclear (domain §13.2)."""
        shown, statutory = self.due, self.statutory
        is_beyond = statutory is not None and self.mark(shown) > self.mark(statutory)
        was_before = self.first_pause is None or self.seen < self.first_pause
        was_soon = statutory is not None and self.seen.date() <= max(
            statutory.date(), self.accepted.date() + timedelta(days=1)
        )
        promised = statutory if is_beyond and not (was_before and was_soon) else shown
        valid = [pause for pause in self.pauses[:1] if self.mark(pause[0]) <= self.mark(promised)]
        legal = self.extended(promised, valid, day)
        latest = max(legal, self.extended(shown, valid, day))
        grew = self.current is not None and self.current > shown
        if grew and self.mark(self.current) == self.mark(self.extended(shown, valid, day)):
            return legal, latest, False
        if not self.pauses or was_before or (statutory is not None and not is_beyond):
            return legal, latest, False
        contained = {self.mark(legal), self.mark(self.extended(promised, self.pauses, day))}
        answers = [end for _, end in self.pauses if end is not None]
        if statutory is not None and answers and min(answers) <= self.seen and self.mark(shown) in contained:
            return legal, legal, False
        return min(legal, shown), latest, True

    def may_be_in_time(self) -> bool:
        """By the latest due date."""
        return self.mark(self.ended.replace(second=0)) <= self.mark(self.dues(YEAR_END)[1])

    def standing(self, day: date) -> str:
        """Where the dossier belongs at the end of that day."""
        due, _, is_unclear = self.dues(YEAR_END)
        if self.ended is not None and self.ended.date() <= day:
            mark, limit = self.ended.date(), due.date()
            if self.limit_unit == "h":
                mark, limit = self.ended.replace(second=0), due
            pace = "early" if mark < limit else "on_time" if mark == limit else "late"
            if pace == "late" and is_unclear and self.may_be_in_time():
                return "unclear" if self.status in {9, 10} else "dropped_unclear"
            if self.status in {9, 10}:
                return pace
            return "dropped_late" if pace == "late" else "dropped_in_time"
        begun = [(start, end) for start, end in self.pauses if start.date() <= day]
        paused = any(start.date() <= due.date() and (end is None or end.date() > day) for start, end in begun)
        if not paused and day > due.date():
            return "open_overdue"
        return "asked_twice" if len(begun) >= 2 else "open_in_time"


def _read_world(world: World, looks: list[date]) -> list[Record]:
    first: dict[str, tuple[str, datetime]] = {}
    items: list[dict] = []
    for day in looks:
        seen = replace(world, today=day)
        items = [json.loads(text) for text in seen.renderer.items(seen.state.newest_first)]
        for item in items:
            if item["appointmentDate"] is not None:
                first.setdefault(item["id"], (item["appointmentDate"], _evening(day)))
    return [Record(item, *first.get(item["id"], (None, _evening(looks[-1])))) for item in items]


def _evening(day: date) -> datetime:
    return datetime.combine(day, time(18))


def _slow_count(records: list[Record], period: Period, scope: str, group: str | None) -> Count:
    start, day = period.start, min(period.end, YEAR_END)
    found: Counter[str] = Counter()
    for record in records:
        if group not in {None, record.group} or scope not in scopes(record.unit, YEAR_END):
            continue
        if record.reason is not None:
            begins = record.accepted if _possible(record.accepted) else datetime.min
            ends = record.ended if _possible(record.ended) else datetime.max
            found["quarantined"] += begins.date() <= day and ends.date() >= start
        elif record.status not in {1, 3} and record.accepted.date() <= day:
            if record.ended is not None and record.ended.date() < start:
                continue
            found["received" if record.accepted.date() >= start else "carried"] += 1
            standing = record.standing(day)
            found[standing] += 1
            found["doubtful"] += standing == "late" and record.may_be_in_time()
    return Count(**{name: found[name] for name in Count.__dataclass_fields__})


def _possible(at: datetime | None) -> bool:
    return at is not None and 2000 <= at.year < 2030


@pytest.fixture(scope="module")
def world() -> World:
    return World(dossiers=4_400)


@pytest.fixture(scope="module")
def records(world: World) -> list[Record]:
    return _read_world(world, [YEAR_END])


@pytest.mark.parametrize("scope", ["VP", "H19", "H19.02.20", "H10"])
@pytest.mark.parametrize("group", GROUPS.values())
def test_every_period_counts_what_the_records_say(world: World, records: list[Record], scope: str, group: str | None):
    known = DossierTruth(world, YEAR_END)
    for period in periods(YEAR_END)[::3]:
        assert known.count(period, scope, group) == _slow_count(records, period, scope, group)


def test_whoever_looks_more_often_needs_fewer_guesses(world: World):
    looks = [date(2025, 3, 31), date(2025, 6, 30), date(2025, 9, 30), YEAR_END]
    watched = _read_world(world, looks)
    period = year_to_date(YEAR_END)
    seen_once = DossierTruth(world, YEAR_END).count(period, "H19")
    seen_often = DossierTruth(world, YEAR_END, looks).count(period, "H19")
    assert seen_often == _slow_count(watched, period, "H19", None)
    assert seen_often.doubtful < seen_once.doubtful


@pytest.mark.parametrize("extends", [False, True])
def test_what_the_slips_said_lies_in_the_range_whether_appointments_are_extended_or_not(extends: bool):
    world = World(extends_appointments=extends)
    period = year_to_date(YEAR_END)
    seen = DossierTruth(world, YEAR_END)
    count = seen.count(period)
    slips = DossierTruth(world, YEAR_END, knows_promises=True).count(period)
    good, of = count.early + count.on_time, slips.rates["R1"]
    assert count.rates["R1"][1] + count.unclear == of[1]
    assert 0 < count.doubtful + count.unclear < 0.01 * of[1]
    assert good < of[0] <= good + count.doubtful + count.unclear
    # A roomy slip that is as much too long as its pause looks like an extended one: five of 21,000.
    contained = int(seen.dues.contains.sum())
    assert contained > 1_000 if extends else contained < 10


def test_whoever_reads_the_national_copies_need_not_guess_what_supplements_moved(world: World):
    extended = replace(world, extends_appointments=True)
    alone = DossierTruth(extended, YEAR_END)
    reached = np.array([is_synchronised(index) for index in range(len(alone.facts.due))])
    told = DossierTruth(extended, YEAR_END, copies=reached)
    slips = DossierTruth(extended, YEAR_END, knows_promises=True)
    answered = reached & alone.facts.counted & (np.minimum(*alone.facts.answered) < NEVER)
    untouched = answered & (extended.plan.moved_at >= NEVER)
    assert untouched.sum() > 50
    assert (told.dues.effective == slips.dues.effective)[untouched].all()
    assert (told.dues.latest == told.dues.effective)[untouched].all()
    assert (alone.dues.effective != slips.dues.effective)[untouched].any()
    # Of the others nothing is told.
    assert (told.dues.effective == alone.dues.effective)[~answered].all()
    # Nothing is written into appointments that supplements leave alone.
    silent = DossierTruth(world, YEAR_END, copies=reached)
    assert (silent.dues.effective == DossierTruth(world, YEAR_END).dues.effective).all()


def test_whoever_looks_every_evening_guesses_next_to_nothing(world: World):
    looks = [date(2024, 11, 1) + timedelta(days=number) for number in range(426)]
    period = year_to_date(YEAR_END)
    for shown in (world, replace(world, extends_appointments=True)):
        seen = DossierTruth(shown, YEAR_END, looks).count(period, "H19")
        slips = DossierTruth(shown, YEAR_END, knows_promises=True).count(period, "H19")
        # What is left was supplemented on the day of its acceptance, before anybody looked.
        assert seen.doubtful <= 3
        assert 0 <= seen.late + seen.unclear - slips.late <= seen.doubtful + seen.unclear


def test_a_closing_date_uses_no_look_from_after_it(world: World):
    march = date(2025, 3, 31)
    early = replace(world, today=march)
    assert headline_rates(world, march, [march, YEAR_END]) == headline_rates(early, march)


def test_every_rule_sets_the_same_records_aside(world: World, records: list[Record]):
    reasons = Counter(record.reason for record in records if record.reason is not None)
    assert quarantined(world, YEAR_END) == dict(reasons)
    assert len(reasons) == 10


def test_received_and_carried_are_settled_or_open(world: World):
    known = DossierTruth(world, YEAR_END)
    for period in periods(YEAR_END):
        count = known.count(period, "H19")
        settled = count.early + count.on_time + count.late + count.unclear
        dropped = count.dropped_in_time + count.dropped_late + count.dropped_unclear
        assert count.received + count.carried == settled + dropped + count.open


def test_the_worked_example_of_the_domain():
    """Domain §2.5: 300 early, 105 + 15 returned on time, 10 late; 58 open in time, 12 overdue."""
    count = Count(300, 105, 10, 15, 0, 58, 12, 0, received=460, carried=40, quarantined=0)
    assert count.rates == {
        "R1": [405, 415],
        "R1s": [420, 430],
        "R2": [478, 500],
        "R3": [405, 427],
        "B": [12, 70],
    }


def test_the_default_year_is_worth_a_verdict():
    headline = headline_rates(World(), YEAR_END)
    good, total = headline["MT1"]["R1"]
    assert 0.97 < good / total < 0.985
    organisations, persons = headline["MT1a"]["R1"], headline["MT1b"]["R1"]
    assert organisations[0] / organisations[1] > persons[0] / persons[1]
    assert headline["MT1"]["B"][0] > 0


def test_former_binh_phuoc_counts_in_the_province_only_since_the_merger():
    assert "H19" not in scopes("H10.21", date(2025, 6, 30))
    assert "H19" in scopes("H10.21", date(2025, 7, 1))
