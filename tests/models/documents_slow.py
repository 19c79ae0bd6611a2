"""MT2a and MT2b defined a second time, record by record in plain Python, over `DocumentSources` (domain §4.3)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.models.document_sources import UNITS


Judged = tuple[str, str, date, str, str, str | None]
Row = dict[str, Any]


@dataclass(frozen=True)
class Rules:
    """The decisions that matter here, with their defaults."""

    tests: tuple[str, ...] = ("E1", "E2", "E3", "E4")
    exclusions: tuple[str, ...] = ("L01", "L02", "L03", "L04")
    outgoing: str = "01"
    incoming: str = "03"


def organ(code: str) -> str:
    """An organ's code from the left: 000.00.03.H19 is H19.03."""
    parts = code.split(".")
    if not parts[-1].startswith("H") or len(parts) < 2:
        return code
    parts.reverse()
    while parts[-1] in ("00", "000"):
        parts.pop()
    return ".".join(parts)


def document(text: str) -> str:
    return text.replace(" ", "").casefold().replace("đ", "d").lstrip("0")


def unit(name: str) -> str:
    known = {one["unit_name"].casefold(): one["unit_code"] for one in UNITS} | {
        one["unit_code"].casefold(): one["unit_code"] for one in UNITS
    }
    return known.get(name.strip().casefold(), "?")


def moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text.replace("/", "-")) if text else None


def best_unit(names: list[str]) -> str:
    return min((one for one in map(unit, names) if one != "?"), default="?")


class Judging:
    """What the sources say on one closing date under some rules; `found` grows as records are judged."""

    def __init__(
        self,
        registers: dict[str, list[dict[str, str]]],
        axis: dict[str, list[Row]],
        closing: date,
        rules: Rules,
        working: set[date],
    ) -> None:
        self.registers, self.axis, self.closing, self.rules, self.working = registers, axis, closing, rules, working
        self.names = {row["name"].casefold(): organ(row["code"]) for row in axis["agencies"]}
        self.found: list[Judged] = []

    def judge(self) -> None:
        """Add every record of this part to `found`."""
        raise NotImplementedError

    def say(self, what: str, day: date, unit_code: str, outcome: str, reason: str | None) -> None:
        indicator, definition = what.split(".")
        self.found.append((indicator, definition, day, unit_code, outcome, reason))

    def seen(self, text: str | None) -> datetime | None:
        """A moment, unless it lies after the closing date."""
        at = moment(text)
        return at if at is not None and at.date() <= self.closing else None

    def next_working_day(self, day: date) -> date:
        following = day + timedelta(days=1)
        while following not in self.working:
            following += timedelta(days=1)
        return following

    def resolved(self, code: str, name: str) -> str | None:
        return organ(code) if code else self.names.get(name.casefold())

    def in_time(self, definition: str, day: date, room: str, due: date, done: date | None) -> None:
        what = f"MT2b.{definition}"
        if done is None and due >= self.closing:
            self.say(what, day, room, "excluded", "CHUA_DEN_HAN")
        elif done is None and definition == "T1":
            self.say(what, day, room, "undetermined", "KHONG_CO_THOI_DIEM")
        elif (done or self.closing) <= due:
            self.say(what, day, room, "met", None)
        else:
            self.say(what, day, room, "failed", f"{definition}_{'TRE' if done else 'CHUA_LAM'}")


class Secret(Judging):
    """What may only be counted: so many records in a month."""

    def judge(self) -> None:
        names = {"Đi": ("MT2b.PAIR", "MT2b.DOC"), "Đến": ("MT2b.IN",), "Nội bộ": ("MT2a.DOC",)}
        outcome = ("excluded", "L01") if "L01" in self.rules.exclusions else ("failed", "L01_KHONG_LOAI_TRU")
        for row in self.registers["secret_counts"]:
            month = date.fromisoformat(row["month"])
            if month <= self.closing:
                for what in names[row["direction"]] * int(row["documents"]):
                    self.say(what, month, unit(row["unit"]), *outcome)
