"""What the rooms write into their registers to look better than they are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from connectors.simulator.registers.outgoing import AGENCY, AXIS, BOTH
from connectors.simulator.transport_faults import Fault, Onward
from connectors.simulator.traps.sampling import is_chosen
from connectors.simulator.wire import Request, Response


Row = dict[str, Any]


class RegisterTrap(Fault):
    """A trap in one register; nothing of it is seen on any wire."""

    systems = frozenset()
    register: ClassVar[str]
    one_in: ClassVar[int] = 12
    number: ClassVar[int] = 0

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._planted: set[str] = set()

    def answer(self, request: Request, onward: Onward) -> Response:
        return onward(request)

    def rewrite(self, register: str, rows: list[Row]) -> list[Row]:
        """The rows as the room writes them; each trap is noted once, however often the file is written."""
        if register != self.register:
            return rows
        written = []
        for row in rows:
            name = self.name(row)
            if not (is_chosen(name, self.one_in, self.number) and self.fits(row, rows)):
                written.append(row)
                continue
            again = self.plant(row, rows)
            written += again
            if name not in self._planted:
                self._planted.add(name)
                self.note(self.key(again[-1]))
        return written

    def name(self, row: Row) -> str:
        raise NotImplementedError

    def key(self, row: Row) -> str:
        return self.name(row)

    def fits(self, row: Row, rows: list[Row]) -> bool:
        raise NotImplementedError

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        raise NotImplementedError


# Numbers of documents that nobody has issued begin here.
INVENTED = 500_000


class IssuedDocument(RegisterTrap):
    """A document issued to an agency and sent over the axis alone."""

    register = "documents"

    def name(self, row: Row) -> str:
        return f"{row['number']}/{row['notation']}"

    def fits(self, row: Row, rows: list[Row]) -> bool:
        is_issued = row["state"] == "Đã ban hành" and not row.get("exclusion_code")
        is_sent = row["sending"] == AXIS and int(row["number"]) < INVENTED
        return is_issued and is_sent and row["recipient_kind"] == AGENCY


class OnlyInTheRegister(IssuedDocument):
    """T20: sent over the axis, says the register, of a document that the axis has never seen."""

    number = 1

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        return [row, row | {"number": int(row["number"]) + INVENTED}]


class PaperBeside(IssuedDocument):
    """T22: sent over the axis, and on paper too."""

    number = 2

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        return [row | {"sending": BOTH}]


class FalseReason(IssuedDocument):
    """T23: left out as secret without saying by what, or for a reason that the register or the axis refutes."""

    number = 3
    reasons = ("L02", "L01", "L04", "L05")

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        return [row | {"exclusion_code": self.reasons[int(row["number"]) % len(self.reasons)]}]


class AddedLater(RegisterTrap):
    """T27: a unit that stands on the list of inspections since months after its approval."""

    register = "inspection_units"
    one_in, number = 3, 1

    def name(self, row: Row) -> str:
        return str(row["unit"])

    def fits(self, row: Row, rows: list[Row]) -> bool:
        return row.get("added_on") is None

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        return [row | {"added_on": row["approved_on"] + timedelta(days=150)}]


class PersonTrap(RegisterTrap):
    """A trap about people, who are counted and never named."""

    one_in = 20

    def name(self, row: Row) -> str:
        return str(row["staff_number"])

    def key(self, row: Row) -> str:
        return "Văn phòng"


class TwoPosts(PersonTrap):
    """T28: two main posts in two rooms at once."""

    register = "officials"
    number = 1

    def fits(self, row: Row, rows: list[Row]) -> bool:
        held = [each for each in rows if each["staff_number"] == row["staff_number"]]
        return held == [row] and row.get("ends_on") is None

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        other = next(each["unit"] for each in rows if each["unit"] != row["unit"])
        return [row, row | {"unit": other}]


class Undecided(PersonTrap):
    """T29: a rating that nobody has decided yet."""

    register = "ratings"
    number = 2

    def fits(self, row: Row, rows: list[Row]) -> bool:
        return bool(row.get("decision_number"))

    def key(self, row: Row) -> str:
        return f"Văn phòng {row['year']}"

    def plant(self, row: Row, rows: list[Row]) -> list[Row]:
        return [{name: value for name, value in row.items() if name not in {"decision_number", "decided_on"}}]
