"""Two equal worlds, of one the Office's own client empties the queue: what is missing widens, and never raises."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assets.raw.axis import look
from assets.raw.axis_watch import PacketsAside
from connectors.axis import Axis
from connectors.http import HttpClient
from connectors.records import Page
from connectors.simulator.document_facts import at_minute
from connectors.simulator.registers.documents import rows as registers_of
from connectors.simulator.server import Simulator
from connectors.simulator.states import evening
from connectors.simulator.truth_documents import rows as truth_of
from connectors.simulator.world import World
from tests.models.document_sources import DEFAULTS, DocumentSources


DAY = date(2025, 6, 30)
WORLD = World(dossiers=20, documents=1_200, procedures=20, today=DAY)
EXPORTED = {"receipt", "receipt_at", "signature", "validity"}
DOCUMENTS = ("PAIR", "DOC", "IN")
Counts = dict[str, tuple[int, int, int]]


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentSources]:
    documents = DocumentSources(tmp_path_factory.mktemp("documents"))
    yield documents
    documents.close()


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    with Simulator(WORLD) as running:
        yield running


@pytest.fixture
def axis(simulator: Simulator) -> Iterator[Axis]:
    given = simulator.environment
    yield Axis(HttpClient(given["AXIS_URL"], source="axis"), given["AXIS_SYSTEM_ID"], given["AXIS_SECRET"])
    simulator.axis.queues.moment = None
    simulator.world = WORLD


def landed(pages: Iterator[Page]) -> dict[str, Any]:
    return {record.key: record.payload for page in pages for record in page.records}


def watched(axis: Axis, simulator: Simulator, folder: Path) -> PacketsAside:
    """A look every five minutes of the year, save those that find nothing: they leave nothing behind."""
    plan = simulator.axis.queues._exchange
    arrivals = {int(at) for at in (*plan.received.arrived, *plan.answers_received.at, *plan.recalls_received.at)}
    aside = PacketsAside(folder)
    for at in sorted({-(-arrival // 5) * 5 for arrival in arrivals if arrival <= evening(DAY)}):
        simulator.axis.queues.moment = at
        aside.look(axis, at_minute(at))
    simulator.axis.queues.moment = None
    return aside


def built(
    documents: DocumentSources, axis: Axis, aside: PacketsAside, *, is_exported: bool, gone: int = 0
) -> DocumentSources:
    """As a night lands them: what was kept aside, then what waits now."""
    documents.forget()
    for resource, ask in (("received_documents", axis.received), ("received_statuses", axis.statuses)):
        packets = landed(aside.pages(aside.files(resource))) | landed(ask())
        documents.axis[resource] = list(packets.values())
    documents.axis["sent_documents"] = list(landed(axis.sent()).values())
    documents.axis["agencies"] = list(landed(axis.agencies()).values())
    looks = {(day, kind): seen for day, of in aside.looks().items() for kind, seen in of.items()}
    looks[str(DAY), "edoc"] = {"gone": gone}
    documents.axis["queue_looks"] = [look(day, kind, seen).payload for (day, kind), seen in looks.items()]
    for register, entries in registers_of(WORLD).items():
        columns = dict.fromkeys(DEFAULTS[register], "")
        for row in entries:
            text = {name: str(value) for name, value in row.items() if name in columns}
            documents.rows[register].append(
                columns | {k: v for k, v in text.items() if is_exported or k not in EXPORTED}
            )
    return documents.build(DAY)


def counted(documents: DocumentSources) -> Counts:
    """Definition → met, judged, not known, of the year so far."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for indicator, definition, _, _, _, outcome, _ in documents.records():
        if indicator == "MT2b":
            found[definition][outcome] += 1
    for definition, records in documents.warehouse.query(
        "select definition, sum(records) from core.evidence_gaps group by all"
    ):
        found[definition]["undetermined"] += records
    return {one: (of["met"], of["met"] + of["failed"], of["undetermined"]) for one, of in found.items()}


def truth(*, is_drained: bool = False) -> Counts:
    rows = truth_of(replace(WORLD, is_drained=is_drained), DAY)
    return {
        row["definition"]: (row["numerator"], row["denominator"], row["quarantined"])
        for row in rows
        if (row["indicator"], row["calendar"], row["kind"]) == ("MT2b", "iso", "year_to_date")
    }


def assert_within(found: Counts, true: Counts) -> None:
    """The range that is published reaches over the range in which the truth lies."""
    for definition in (*DOCUMENTS, "T1", "T2", "T3", "T4"):
        met, judged, unknown = found[definition]
        lower, upper = met / (judged + unknown), (met + unknown) / (judged + unknown)
        met, judged, unknown = true[definition]
        assert lower <= met / judged <= upper, (definition, lower, met / judged, upper)


def coverage(documents: DocumentSources, subject: str) -> dict[date, tuple[int, int, str]]:
    rows = documents.warehouse.query(
        "select period_start, expected, seen, consequence from marts.evidence_coverage where subject = $1", [subject]
    )
    return {month: tuple(rest) for month, *rest in rows}


def test_undrained_every_packet_is_covered_and_every_figure_is_the_truth(
    documents: DocumentSources, axis: Axis, simulator: Simulator, tmp_path: Path
) -> None:
    simulator.world = replace(WORLD, is_drained=False)
    found = built(documents, axis, PacketsAside(tmp_path), is_exported=False)
    assert counted(found) == truth()
    for subject in ("goi_van_ban_den", "tra_loi_noi_nhan"):
        assert {consequence for *_, consequence in coverage(found, subject).values()} == {"none"}


def test_drained_and_not_watched_nothing_is_concluded_from_what_was_not_seen(
    documents: DocumentSources, axis: Axis, tmp_path: Path
) -> None:
    found = built(documents, axis, PacketsAside(tmp_path), is_exported=False)
    assert_within(counted(found), truth())
    assert counted(found)["PAIR"][0] < truth()["PAIR"][0]
    packets = coverage(found, "goi_van_ban_den")
    assert sum(seen for _, seen, _ in packets.values()) == 0 < sum(expected for expected, *_ in packets.values())
    assert {consequence for *_, consequence in packets.values()} == {"undetermined"}


def test_drained_and_watched_the_range_is_narrow_and_still_holds_the_truth(
    documents: DocumentSources, axis: Axis, simulator: Simulator, tmp_path: Path
) -> None:
    aside = watched(axis, simulator, tmp_path / "aside")
    found = built(documents, axis, aside, is_exported=False)
    assert_within(counted(found), truth())
    packets = coverage(found, "goi_van_ban_den").values()
    share = sum(seen for _, seen, _ in packets) / sum(expected for expected, *_ in packets)
    assert 0.7 < share < 1
    assert {consequence for *_, consequence in packets} <= {"widens", "undetermined", "none"}
    _, judged, unknown = counted(found)["PAIR"]
    assert unknown / (judged + unknown) < 0.2


@pytest.mark.parametrize("is_watched", [False, True])
def test_the_export_of_the_document_system_stands_for_what_was_not_seen(
    documents: DocumentSources, axis: Axis, simulator: Simulator, tmp_path: Path, is_watched: bool
) -> None:
    aside = watched(axis, simulator, tmp_path) if is_watched else PacketsAside(tmp_path)
    found = built(documents, axis, aside, is_exported=True)
    assert_within(counted(found), truth())
    for definition, (met, judged, _) in truth(is_drained=not is_watched).items():
        assert counted(found)[definition][:2] == (met, judged), definition
    packets = coverage(found, "goi_van_ban_den").values()
    assert {consequence for *_, consequence in packets} == {"told_by_register"}
