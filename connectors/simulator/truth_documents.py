"""The ground truth of MT2a, MT2b and MT3.5: every record judged from the plan and the clerks' registers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from connectors.simulator import truth_incoming, truth_publications
from connectors.simulator.documents import exchange
from connectors.simulator.observations import usable
from connectors.simulator.periods import periods
from connectors.simulator.registers.documents import incoming_entries, outgoing_entries
from connectors.simulator.registers.incoming import secret_counts
from connectors.simulator.registers.publications import publications
from connectors.simulator.states import evening
from connectors.simulator.truth_outgoing import Outgoing, Record
from connectors.simulator.world import World


Row = dict[str, Any]
DEFINITIONS = {"MT2a": ("DOC",), "MT2b": ("PAIR", "DOC", "IN", "T1", "T2", "T3", "T4"), "MT3.5a": ("STD",),
               "MT3.5b": ("STD",)}  # fmt: skip
_COLUMNS = ("met", "failed", "excluded", "undetermined")


def rows(
    world: World, closing_date: date, observed: list[date] | None = None, *, has_registers: bool = True
) -> list[Row]:
    """All begun periods of both calendars for the headline, flat."""
    found = list(records(world, closing_date, observed, has_registers=has_registers))
    flat = []
    for period in periods(closing_date):
        end = min(period.end, closing_date)
        counted = Counter(one._replace(day=period.start) for one in found if period.start <= one.day <= end)
        for indicator, definitions in DEFINITIONS.items():
            for definition in definitions:
                met, failed, excluded, undetermined = (
                    counted[Record(indicator, definition, period.start, outcome)] for outcome in _COLUMNS
                )
                flat.append(
                    {
                        "indicator": indicator,
                        "definition": definition,
                        "unit_code": "VP",
                        "calendar": period.calendar,
                        "kind": period.kind,
                        "start": period.start.isoformat(),
                        "end": period.end.isoformat(),
                        "numerator": met,
                        "denominator": met + failed,
                        "excluded": excluded,
                        "quarantined": undetermined,
                    }
                )
    return flat


def records(
    world: World, closing_date: date, observed: list[date] | None = None, *, has_registers: bool = True
) -> Iterator[Record]:
    """Every record of every definition, as the newest usable look shows it, cut at the end of the closing date."""
    days = usable(observed, world, closing_date)
    seen = replace(world, today=days[-1])
    issued = outgoing_entries(seen) if has_registers else []
    outgoing = Outgoing(seen, closing_date, issued)
    yield from outgoing.deliveries()
    yield from outgoing.internal()
    for definition, day, outcome in truth_incoming.records(
        seen, closing_date, incoming_entries(seen) if has_registers else [], list(map(evening, days))
    ):
        yield Record("MT2b", definition, day, outcome)
    if not has_registers:
        return
    rows_issued = [entry.row for entry in issued]
    published = publications(rows_issued, seen.seed, seen.today)
    yield from truth_publications.records(rows_issued, published, closing_date)
    for row in secret_counts(exchange(seed=seen.seed, documents=seen.documents), min(seen.today, closing_date)):
        for indicator, definition in _SECRET[row["direction"]]:
            yield from [Record(indicator, definition, row["month"], "excluded")] * row["documents"]


_SECRET = {
    "Đi": [("MT2b", "PAIR"), ("MT2b", "DOC")],
    "Đến": [("MT2b", "IN")],
    "Nội bộ": [("MT2a", "DOC")],
}
