"""Dossiers that were made to look better than they are.

Plans that stand together never touch the same dossier, apart from those that say so.
"""

from __future__ import annotations

import copy
from datetime import datetime, timedelta, timezone
from typing import Any, ClassVar

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.payload_faults import PayloadFault, Row
from connectors.simulator.traps.sampling import is_chosen
from connectors.simulator.wire import Request


FORMAT = "%Y-%m-%dT%H:%M:%S.000%z"
VIET_NAM = timezone(timedelta(hours=7))


def moment(row: Row, name: str) -> datetime | None:
    text = row.get(name)
    return datetime.strptime(text, FORMAT) if text else None


def write(row: Row, name: str, at: datetime) -> None:
    row[name] = at.strftime(FORMAT)


def status_of(row: Row) -> str:
    return str((row.get("dossierTaskStatus") or row["dossierStatus"])["name"]).strip().lower().replace("\u00a0", " ")


def is_settled(row: Row) -> bool:
    """Ended with a result, after an acceptance and an appointment that can be read."""
    if status_of(row) not in {"đã xử lý xong", "đã trả kết quả"}:
        return False
    names = ("appliedDate", "acceptedDate", "appointmentDate", "completedDate")
    return all(str(row.get(name)).startswith(("2024-", "2025-")) for name in names)


def step(row: Row, name: str, begun: datetime, ended: datetime) -> None:
    model = copy.deepcopy(row["task"][0])
    model |= {"id": f"{model['id']}x", "isCurrent": False, "bpmProcessDefinitionTask": {"name": name}}
    write(model, "createdDate", begun)
    write(model, "updatedDate", ended)
    row["task"].append(model)


def local(row: Row, name: str) -> datetime:
    """A moment that is known to be there, by the clock in Viet Nam."""
    at = moment(row, name)
    assert at
    return at.astimezone(VIET_NAM)


class DossierTrap(PayloadFault):
    """`number` is its place among the plans; `fits` says which dossiers it suits, `plant` writes it into one."""

    systems = frozenset({"portal"})
    number: ClassVar[int]
    # Of so many dossiers the plan touches one.
    one_in: ClassVar[int] = 24
    # Whether the dossier that is added is the one to be suspected.
    is_added_suspected: ClassVar[bool] = False

    def rewrite(self, request: Request, answer: Any) -> Any:
        if not request.path.endswith("/dossier/search"):
            return answer
        for row in list(answer["content"]):
            if is_chosen(str(row["id"]), self.one_in, self.number) and self.fits(row):
                another = self.plant(row)
                answer["content"] += [another] if another else []
                self.note(str((another if another and self.is_added_suspected else row)["code"]))
        return answer

    def fits(self, row: Row) -> bool:
        return is_settled(row)

    def plant(self, row: Row) -> Row | None:
        raise NotImplementedError


class Moved(DossierTrap):
    """T01: the appointment a fortnight later than it was."""

    number = 1

    def plant(self, row: Row) -> None:
        write(row, "appointmentDate", local(row, "appointmentDate") + timedelta(days=14))


class Returned(DossierTrap):
    """T02: stopped on the very day it was due."""

    number = 2

    def plant(self, row: Row) -> None:
        write(row, "completedDate", local(row, "appointmentDate").replace(hour=9, minute=7, second=11))
        row["dossierStatus"] = row["dossierTaskStatus"] = {"id": 17, "name": "Dừng xử lý"}


class Backdated(DossierTrap):
    """T03: an open dossier ends three weeks before the source last changed it."""

    number = 1
    # Few are open, and no other plan touches these.
    one_in = 3

    def fits(self, row: Row) -> bool:
        accepted = str(row.get("acceptedDate"))
        return row.get("completedDate") is None and "2025-" <= accepted < "2025-12-20"

    def plant(self, row: Row) -> None:
        write(row, "completedDate", local(row, "acceptedDate") + timedelta(days=1))
        row["dossierStatus"] = row["dossierTaskStatus"] = {"id": 4, "name": "Đã xử lý xong"}


class AtMidnight(DossierTrap):
    """T04: ended at exactly midnight."""

    number = 4

    def plant(self, row: Row) -> None:
        tomorrow = local(row, "completedDate") + timedelta(days=1)
        write(row, "completedDate", tomorrow.replace(hour=0, minute=0, second=0))


class StillWorking(DossierTrap):
    """T05: work goes on two days after the end."""

    number = 5

    def plant(self, row: Row) -> None:
        ended = local(row, "completedDate")
        step(row, "Thẩm định hồ sơ", ended + timedelta(days=2), ended + timedelta(days=3))


class Shielded(DossierTrap):
    """T06: a supplement asked for the day after the due date, and the end after that."""

    number = 6

    def plant(self, row: Row) -> None:
        due = local(row, "appointmentDate")
        step(row, "Yêu cầu bổ sung giấy tờ", due + timedelta(days=1), due + timedelta(days=2))
        write(row, "completedDate", due + timedelta(days=4, minutes=7, seconds=3))


class LateIntake(DossierTrap):
    """T08: handed in online ten days before anybody accepted it."""

    number = 7

    def fits(self, row: Row) -> bool:
        return is_settled(row) and row["applyMethod"]["name"] == "Trực tuyến"

    def plant(self, row: Row) -> None:
        write(row, "appliedDate", local(row, "acceptedDate") - timedelta(days=10))


class Refused(DossierTrap):
    """T09: refused at the desk, and accepted under a new code five days later."""

    number = 8

    def plant(self, row: Row) -> Row:
        again = copy.deepcopy(row)
        again["id"], again["code"] = f"{row['id'][:-1]}z", f"{row['code'].rpartition('-')[0]}-8{row['code'][-3:]}"
        for name in ("appliedDate", "acceptedDate", "appointmentDate", "completedDate"):
            write(again, name, local(row, name) + timedelta(days=5))
        row["dossierStatus"] = row["dossierTaskStatus"] = {"id": 11, "name": "Không được tiếp nhận"}
        row |= dict.fromkeys(("acceptedDate", "appointmentDate", "completedDate", "returnedDate"))
        row["task"] = row["task"][:1]
        return again


class Twin(DossierTrap):
    """T10: the same submission under a second code."""

    number = 9
    is_added_suspected = True

    def plant(self, row: Row) -> Row:
        twin = copy.deepcopy(row)
        twin["id"], twin["code"] = f"{row['id'][:-1]}y", f"{row['code'].rpartition('-')[0]}-9{row['code'][-3:]}"
        return twin


class Foreign(DossierTrap):
    """T11: the code of a ministry's own portal."""

    number = 10

    def plant(self, row: Row) -> None:
        row["code"] = f"G07.99-{row['code'].split('-')[1]}-{row['code'].split('-')[2]}"


class Nameless(DossierTrap):
    """T12: no code of a procedure."""

    number = 11

    def plant(self, row: Row) -> None:
        row["procedure"] |= {"code": "", "nationCode": ""}


class ClosedUnit(DossierTrap):
    """T14: accepted after 01/07/2025 by a district that closed on 30/06/2025."""

    number = 12

    def fits(self, row: Row) -> bool:
        return is_settled(row) and row["acceptedDate"] >= "2025-07-02"

    def plant(self, row: Row) -> None:
        row["agency"] = {"id": "cu", "code": "H19.24", "name": "UBND huyện Trảng Bom"}


class AtNight(DossierTrap):
    """T15: accepted at the counter at half past eleven in the evening."""

    number = 13

    def fits(self, row: Row) -> bool:
        return is_settled(row) and row["applyMethod"]["name"] == "Trực tiếp"

    def plant(self, row: Row) -> None:
        evening = local(row, "acceptedDate").replace(hour=23, minute=30) - timedelta(days=1)
        write(row, "acceptedDate", evening)
        write(row, "appliedDate", evening - timedelta(minutes=10))


class NaiveCalendar(DossierTrap):
    """T16: promised by a calendar that knows neither holidays nor exchanged days."""

    number = 2
    # Few limits meet a holiday, so any of these is taken, whatever other plans do with it.
    one_in = 3

    def fits(self, row: Row) -> bool:
        process = row["procedureProcessDefinition"]["processDefinition"]
        amount = process.get("processingTime")
        # Limits are mistyped now and then, by thousands of days.
        if not is_settled(row) or process.get("processingTimeUnit") != "d" or amount not in range(1, 91):
            return False
        return self.naive(row) != self.official(row)

    def plant(self, row: Row) -> None:
        write(row, "appointmentDate", self.naive(row))

    def naive(self, row: Row) -> datetime:
        at = local(row, "acceptedDate").replace(hour=16, minute=30, second=0)
        for _ in range(self.days(row)):
            at += timedelta(days=1 if at.weekday() < 4 else 7 - at.weekday())
        return at

    def official(self, row: Row) -> datetime:
        at = local(row, "acceptedDate").replace(hour=16, minute=30, second=0)
        start = wt.day_number(at.date())
        day = wt.to_date(int(wt.add_working_days(np.array(start), np.array(self.days(row)))))
        return at.replace(year=day.year, month=day.month, day=day.day)

    def days(self, row: Row) -> int:
        return int(row["procedureProcessDefinition"]["processDefinition"]["processingTime"])


class TenTimes(DossierTrap):
    """T17: ten times the usual limit."""

    number = 15

    def fits(self, row: Row) -> bool:
        process = row["procedureProcessDefinition"]["processDefinition"]
        return is_settled(row) and process.get("processingTimeUnit") == "d"

    def plant(self, row: Row) -> None:
        row["procedureProcessDefinition"]["processDefinition"]["processingTime"] *= 10


class Trial(DossierTrap):
    """T18: the running number of a rehearsal."""

    number = 16

    def plant(self, row: Row) -> None:
        row["code"] = f"{row['code'].rpartition('-')[0]}-9999"


class OtherLetters(DossierTrap):
    """T34: a code with a space that only looks like none of the usual ones."""

    number = 17

    def plant(self, row: Row) -> None:
        for name in ("code", "nationCode"):
            row["procedure"][name] = row["procedure"][name].replace(".", ".\u00a0", 1)
