"""The ground truth of MT3: what the records of procedures must come to for somebody who looked on certain evenings.

Nothing here is shared with the warehouse: facts come from the simulator's own ledger, days from its own calendar.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.announcements import REORGANISATION
from connectors.simulator.catalogue import Procedure
from connectors.simulator.configuration import Configured, configured
from connectors.simulator.decisions import PROVINCE_ID, Decision, in_force, keeper, ledger, shown_name
from connectors.simulator.observations import usable
from connectors.simulator.periods import Period, periods
from connectors.simulator.procedure_records import has_readable_effect, lacks
from connectors.simulator.world import World


MET, FAILED, OPEN, OUT = "met", "failed", "undetermined", "excluded"
_WORST = (FAILED, OPEN, MET, OUT)
# The public gateway's decisions are opened from this day on.
_OPENED_FROM = date(2024, 10, 1)
DEFINITIONS = (
    ("MT3", "STD"),
    ("MT3.1", "STD"),
    ("MT3.1", "WD"),
    ("MT3.1", "C25"),
    ("MT3.2", "STD"),
    ("MT3.3", "STD"),
    ("MT3.3", "Q766"),
    ("MT3.4", "STD"),
)


@dataclass(frozen=True)
class Announced:
    """A procedure in a decision of the province, with what is made of it."""

    key: str
    signed: date
    outcomes: dict[tuple[str, str], str]


def _after(day: date, working_days: int) -> date:
    return wt.to_date(int(wt.add_working_days(np.array(wt.day_number(day)), np.array(working_days))))


def _rest_over(day: date) -> date:
    return wt.to_date(int(wt.roll_forward(np.array(wt.day_number(day)))))


def _working_days(start: date, end: date) -> int:
    """Working days after the start, the end included; negative when the end is earlier."""
    return int(wt.working_days_between(np.array(wt.day_number(start)), np.array(wt.day_number(end))))


def _is_short(decision: Decision) -> bool:
    return decision.occasion.effect - timedelta(days=5) < decision.occasion.issued


def _announced_in_time(decision: Decision, working: bool) -> bool:
    text, signed = decision.occasion, decision.signed
    if _is_short(decision):
        # Calendar days, whoever counts: the note of QĐ 766 asks for working days of the usual limit alone.
        return signed <= _rest_over(text.issued + timedelta(days=3))
    return _working_days(signed, text.effect) >= 5 if working else signed <= text.effect - timedelta(days=5)


class ProcedureTruth:
    """The truth for one closing date, as far as looks on the evenings of `observed` can know it."""

    def __init__(self, world: World, closing_date: date, observed: list[date] | None = None) -> None:
        self._count = world.procedures
        self.closing_date = closing_date
        self.looks = usable(observed, world, closing_date)
        self._stocks: dict[date, dict[tuple[str, str], dict[str, str]]] = {}

    def rows(self) -> list[dict[str, object]]:
        """All begun periods of both calendars for the whole province, flat."""
        return [
            {
                "indicator": indicator,
                "definition": definition,
                "unit_code": "H19",
                "calendar": period.calendar,
                "kind": period.kind,
                "start": period.start.isoformat(),
                "end": period.end.isoformat(),
                "numerator": outcomes.count(MET),
                "denominator": outcomes.count(MET) + outcomes.count(FAILED),
                "excluded": outcomes.count(OUT),
                "quarantined": outcomes.count(OPEN),
            }
            for period in periods(self.closing_date)
            for indicator, definition in DEFINITIONS
            for outcomes in [self._outcomes(period, (indicator, definition))]
        ]

    def _outcomes(self, period: Period, definition: tuple[str, str]) -> list[str]:
        day = min(period.end, self.closing_date)
        if definition[0] in {"MT3.1", "MT3.2"}:
            return list(self._worst(definition, period.start, day).values())
        if day not in self._stocks:
            self._stocks[day] = self._stock(day)
        stocks = self._stocks[day]
        if definition[0] == "MT3":
            return self._together(stocks, period.start, day)
        return list(stocks.get(definition, {}).values())

    def _worst(self, definition: tuple[str, str], start: date, end: date) -> dict[str, str]:
        """A procedure counts once; its worst announcement is what it counts as."""
        found: dict[str, str] = {}
        for one in self.announced:
            if start <= one.signed <= end and definition in one.outcomes:
                outcome = one.outcomes[definition]
                found[one.key] = min(found.get(one.key, OUT), outcome, key=_WORST.index)
        return found

    @cached_property
    def announced(self) -> list[Announced]:
        book = ledger(self._count)
        read = [
            decision
            for decision in book.visible(self.looks[-1])
            if decision.agency_id == PROVINCE_ID and decision.signed >= _OPENED_FROM
        ]
        return [
            self._announced(book.procedures[number], decision, read)
            for decision in read
            for number in (*decision.new, *decision.amended, *decision.rescinded)
        ]

    def _announced(self, procedure: Procedure, decision: Decision, read: Iterable[Decision]) -> Announced:
        sights = {look: in_force(self._count, look).get(procedure.code) for look in self.looks}
        carried = [found[1] for found in sights.values() if found]
        has_record = any(other.id == decision.id for other in carried)
        known = has_record and has_readable_effect(procedure.number) and not lacks(procedure.number, "CANCUPHAPLY")
        outcomes = {("MT3.1", "STD"): OPEN, ("MT3.1", "WD"): OPEN}
        if known:
            for name, working in (("STD", False), ("WD", True)):
                outcomes["MT3.1", name] = MET if _announced_in_time(decision, working) else FAILED
        if REORGANISATION[0] <= decision.signed <= REORGANISATION[1]:
            outcomes["MT3.1", "C25"] = outcomes["MT3.1", "STD"]
        gone = [
            other.signed for other in read if procedure.number in other.rescinded and other.signed >= decision.signed
        ]
        short = (_is_short(decision),) if known else (True, False)
        dues = sorted(_after(decision.signed, 2 if is_short else 5) for is_short in short)
        if procedure.number in decision.rescinded:
            outcomes["MT3.2", "STD"] = self._removed_in_time(decision, sights, dues)
        else:
            outcomes["MT3.2", "STD"] = self._published_in_time(decision, sights, min(gone, default=date.max), dues)
        return Announced(procedure.code if carried else f"{decision.id} {procedure.number}", decision.signed, outcomes)

    def _published_in_time(
        self,
        decision: Decision,
        sights: dict[date, tuple[Procedure, Decision] | None],
        gone: date,
        dues: list[date],
    ) -> str:
        shown = [look for look, found in sights.items() if found and found[1].signed >= decision.signed]
        first = min(shown, default=None)
        if first is not None and first <= dues[0]:
            return MET
        if first is None and dues[-1] >= self.closing_date:
            return OUT
        absent = [look for look in sights if look < min(first or date.max, gone)]
        return FAILED if absent and max(absent) >= dues[-1] else OPEN

    def _removed_in_time(
        self, decision: Decision, sights: dict[date, tuple[Procedure, Decision] | None], dues: list[date]
    ) -> str:
        """What is rescinded is made public by no longer being shown; none is announced anew."""
        since = [look for look in sights if look >= decision.signed]
        first = min((look for look in since if not sights[look]), default=None)
        if first is not None and first <= dues[0]:
            return MET
        if first is None and dues[-1] >= self.closing_date:
            return OUT
        shown = [look for look in since if look < (first or date.max)]
        return FAILED if shown and max(shown) >= dues[-1] else OPEN

    def _stock(self, day: date) -> dict[tuple[str, str], dict[str, str]]:
        """MT3.3 and MT3.4 as at a day, by code; empty where nobody had looked yet, but for the closing date itself."""
        if day < self.looks[0] and day != self.closing_date:
            return {}
        look = max(one for one in self.looks if one <= max(day, self.looks[0]))
        listed = in_force(self._count, look)
        return {
            ("MT3.3", "STD"): {code: self._is_complete(procedure) for code, (procedure, _) in listed.items()},
            ("MT3.3", "Q766"): {
                code: FAILED if self._lacks_mandatory(procedure) else MET for code, (procedure, _) in listed.items()
            },
            ("MT3.4", "STD"): self._synchronous(look),
        }

    def _together(self, stocks: dict[tuple[str, str], dict[str, str]], start: date, day: date) -> list[str]:
        """MT3 of a period: what stands on its last day, and the announcements of the period alone."""
        parts = [stocks.get((indicator, "STD"), {}) for indicator in ("MT3.3", "MT3.4")]
        parts += [self._worst((indicator, "STD"), start, day) for indicator in ("MT3.1", "MT3.2")]
        return [min((part.get(code, OUT) for part in parts), key=_WORST.index) for code in parts[0]]

    def _lacks_mandatory(self, procedure: Procedure) -> bool:
        number = procedure.number
        return lacks(number, "TRINHTUTHUCHIEN") or lacks(number, "THANHPHANHOSO") or not procedure.limit_unit

    def _is_complete(self, procedure: Procedure) -> str:
        if self._lacks_mandatory(procedure) or lacks(procedure.number, "KETQUATHUCHIEN"):
            return FAILED
        return OPEN if lacks(procedure.number, "PHILEPHI") else MET

    def _synchronous(self, look: date) -> dict[str, str]:
        """Code of either side → whether both sides have it and agree."""
        listed = in_force(self._count, look)
        offered = {one.procedure.code: one for one in configured(self._count, look)}
        found = dict.fromkeys(listed.keys() | offered.keys(), FAILED)
        for code in listed.keys() & offered.keys():
            found[code] = MET if _agree(*listed[code], offered[code]) else FAILED
        for other, ours in self._paired(listed.keys() - offered.keys(), offered.keys() - listed.keys()):
            del found[other]
            found[ours] = MET if _agree(*listed[ours], offered[other]) else FAILED
        return found

    def _paired(self, ours: Iterable[str], others: Iterable[str]) -> list[tuple[str, str]]:
        """Codes left over on both sides that are one country-wide code, in the order of the code."""
        left: dict[str, list[str]] = {}
        for code in sorted(ours):
            left.setdefault(code[:8], []).append(code)
        return [(other, left[other[:8]].pop(0)) for other in sorted(others) if left.get(other[:8])]


def _agree(procedure: Procedure, decision: Decision, other: Configured) -> bool:
    """Both sides say the same; of what only one of them says, nothing can be held against it."""
    limits = (procedure.limit_amount, procedure.limit_unit), (other.limit_amount, other.procedure.limit_unit)
    is_limit_told = procedure.limit_unit and other.procedure.limit_unit
    performers = {agency.name for agency in other.agencies}
    is_performer_told = procedure.level != "xa" and performers
    return (
        shown_name(procedure, decision) == other.name
        and procedure.sector_name == other.sector_name
        and (not is_limit_told or limits[0] == limits[1])
        and (not is_performer_told or keeper(procedure.sector_code)[0] in performers)
    )
