"""What the models count from the simulated registers and the simulated axis is what the simulator says it must be."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from connectors.edxml import SecretDocument, parse
from connectors.simulator.queues import Queues
from connectors.simulator.registers.documents import rows as registers_of
from connectors.simulator.truth_documents import rows
from connectors.simulator.world import World
from tests.models.document_sources import DEFAULTS, DocumentSources


SMALL = World(dossiers=20, documents=1_200, is_drained=False)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentSources]:
    documents = DocumentSources(tmp_path_factory.mktemp("documents"))
    yield documents
    documents.close()


def landed(queues: Queues, kind: str) -> Iterator[dict[str, Any]]:
    """As the connector lands them, without the socket."""
    for row in queues.received(kind, "", office=True):
        try:
            facts = parse(queues.content(row["docId"]) or b"")
        except SecretDocument:
            continue
        yield {"listing": row, "packet": facts}


def built(documents: DocumentSources, world: World, closing: date, *, has_registers: bool = True) -> DocumentSources:
    queues = Queues(lambda: world)
    documents.forget()
    documents.axis["received_documents"] = list(landed(queues, "edoc"))
    documents.axis["received_statuses"] = list(landed(queues, "status"))
    documents.axis["sent_documents"] = queues.sent()
    documents.axis["agencies"] = [{"code": one.code, "name": one.name} for one in world.agencies]
    for register, entries in registers_of(world).items() if has_registers else ():
        blank = dict.fromkeys(DEFAULTS[register], "")
        for row in entries:
            text = {field: str(value) for field, value in row.items() if field in blank}
            documents.rows[register].append(blank | text)
    return documents.build(closing)


@pytest.mark.parametrize(
    ("seed", "today", "closing"),
    [
        (2025, date(2025, 12, 31), date(2025, 12, 31)),
        (2025, date(2025, 12, 31), date(2025, 6, 30)),
        (7, date(2025, 8, 15), date(2025, 8, 15)),
        (11, date(2025, 1, 2), date(2025, 1, 2)),
    ],
)
def test_every_period_comes_to_the_truth(documents: DocumentSources, seed: int, today: date, closing: date) -> None:
    world = replace(SMALL, seed=seed, today=today)
    assert_equal(built(documents, world, closing).records(), rows(world, closing), closing)


def test_without_registers_nearly_everything_is_undetermined(documents: DocumentSources) -> None:
    closing = SMALL.today
    found = built(documents, SMALL, closing, has_registers=False).records()
    assert_equal(found, rows(SMALL, closing, has_registers=False), closing)
    assert {row[5] for row in found} == {"undetermined", "failed", "excluded"}


def assert_equal(found: list[tuple[Any, ...]], truth: list[dict[str, Any]], closing: date) -> None:
    assert truth
    for row in truth:
        start, end = date.fromisoformat(row["start"]), min(date.fromisoformat(row["end"]), closing)
        counted = dict.fromkeys(("met", "failed", "excluded", "undetermined"), 0)
        for indicator, definition, _, day, _, outcome, _ in found:
            if (indicator, definition) == (row["indicator"], row["definition"]) and start <= day <= end:
                counted[outcome] += 1
        met, failed, excluded, unknown = counted.values()
        expected = tuple(row[name] for name in ("numerator", "denominator", "excluded", "quarantined"))
        assert (met, met + failed, excluded, unknown) == expected, row
