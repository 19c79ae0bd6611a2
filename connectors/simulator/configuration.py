"""The procedures as the one-stop system is configured: behind the national database, and not always like it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from connectors.simulator import catalogue
from connectors.simulator.catalogue import Procedure
from connectors.simulator.decisions import PROVINCE_ID, Decision, in_force, keeper, ledger, shown_name
from connectors.simulator.directory import Agency, departments


# Configuration follows publication after so many days.
BEHIND = timedelta(days=10)


@dataclass(frozen=True)
class Configured:
    """A procedure as the one-stop system offers it."""

    procedure: Procedure
    name: str
    sector_code: str
    sector_name: str
    agencies: tuple[Agency, ...]
    limit_amount: int


def _forgotten(number: int) -> bool:
    """Announced, and never configured."""
    return number % 37 == 11


def _stays(number: int) -> bool:
    """Rescinded, and never taken out."""
    return number % 3 != 1


def _name(procedure: Procedure, decision: Decision) -> str:
    if procedure.number % 41 == 7:
        return f"{procedure.name} (tại bộ phận một cửa)"
    # Half of the amended wordings are never taken over.
    return procedure.name if procedure.number % 8 == 5 else shown_name(procedure, decision)


def _configured(procedure: Procedure, decision: Decision) -> Configured:
    moved = procedure.number % 43 == 3
    code, name = catalogue.sectors()[-1] if moved else (procedure.sector_code, procedure.sector_name)
    return Configured(procedure, _name(procedure, decision), code, name, _agencies(procedure), _limit(procedure))


def _agencies(procedure: Procedure) -> tuple[Agency, ...]:
    """Nobody where every commune does it or nobody filled it in; sometimes whoever did it before."""
    if procedure.level == "xa" or procedure.number % 9 == 4:
        return ()
    performers = departments()
    performer = performers[keeper(procedure.sector_code)[0]]
    return (performers["Thanh tra tỉnh"] if procedure.number % 47 == 20 else performer,)


def _limit(procedure: Procedure) -> int:
    """A limit that was shortened in the national database stays as it was configured."""
    return procedure.limit_amount + (5 if procedure.number % 59 == 13 else 0)


@lru_cache(maxsize=32)
def configured(count: int, today: date) -> tuple[Configured, ...]:
    """What the one-stop system offers on a day, in the order of the code."""
    followed = in_force(count, today - BEHIND)
    left = {code: pair for code, pair in _rescinded(count, today - BEHIND).items() if code not in followed}
    return tuple(_configured(*pair) for _, pair in sorted((followed | left).items()) if not _forgotten(pair[0].number))


def _rescinded(count: int, day: date) -> dict[str, tuple[Procedure, Decision]]:
    book = ledger(count)
    found = {}
    for decision in book.visible(day):
        if decision.agency_id == PROVINCE_ID and decision.published <= day:
            for number in decision.rescinded:
                if _stays(number):
                    found[book.procedures[number].code] = (book.procedures[number], decision)
    return found
