"""The document exchange axis: packets not yet seen, and lists of what was sent.

Acknowledged only where the office says so (design §4.1).
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import Any

from assets.raw.asking import Asking, Reading
from assets.raw.axis_watch import ASKED, aside
from assets.raw.connecting import Client, Question
from connectors.axis import Axis
from connectors.pseudonym_settings import pseudonymiser
from connectors.records import Page, Record, page_of, record
from warehouse import raw_versions


def connect(given: Mapping[str, str], client: Client) -> Axis:
    return Axis(
        client("AXIS", given["AXIS_URL"]),
        given["AXIS_SYSTEM_ID"],
        given["AXIS_SECRET"],
        acknowledge=given.get("AXIS_ACKNOWLEDGE") == "1",
        pseudonymiser=pseudonymiser(given),
    )


def questions(axis: Axis, _org_code: str) -> Iterator[Question]:
    """For whoever probes the source: what waits, by its own count."""

    def waiting() -> str:
        found = axis.counts()
        return f"{found['edoc']} văn bản, {found['status']} gói trạng thái đang chờ"

    yield "Chữ ký và hàng đợi", waiting


def received_documents(asking: Asking[Axis]) -> Iterator[Reading]:
    yield from packets(asking, "received_documents", asking.connector.received)


def received_statuses(asking: Asking[Axis]) -> Iterator[Reading]:
    yield from packets(asking, "received_statuses", asking.connector.statuses)


def sent_documents(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.sent())


def sent_statuses(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.sent_statuses())


def agencies(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.agencies())


def queue_looks(asking: Asking[Axis]) -> Iterator[Reading]:
    """Whether anybody else takes packets from the queue: by day, what was known to wait and then no longer did."""
    rows = {
        (day, kind): dict(seen) for day, of in aside(asking.settings.home).looks().items() for kind, seen in of.items()
    }
    today = f"{asking.settings.clock():%Y-%m-%d}"
    for resource, (kind, _) in ASKED.items():
        listed = asking.connector.listed.get(kind)
        if listed is not None:
            known = set() if asking.connector.acknowledges else read_packets(asking, resource)
            rows.setdefault((today, kind), {})["gone"] = len(known - listed)
    yield Reading(iter([page_of([look(day, kind, seen) for (day, kind), seen in sorted(rows.items())])]))


def look(day: str, kind: str, seen: Mapping[str, Any]) -> Record:
    return record(f"{day}|{kind}", {"on": day, "kind": kind, **seen})


def packets(asking: Asking[Axis], resource: str, ask: Callable[[Container[str]], Iterator[Page]]) -> Iterator[Reading]:
    """What was kept aside since the last night, then what waits now. What comes after a reading finds it landed."""
    kept = aside(asking.settings.home)
    if files := kept.files(resource):
        yield Reading(kept.pages(files))
        for file in files:
            file.unlink()
    yield Reading(ask(read_packets(asking, resource)))
    asking.connector.acknowledge(waiting_and_read(asking, resource))


def waiting_and_read(asking: Asking[Axis], resource: str) -> Iterable[str]:
    return asking.connector.listed[ASKED[resource][0]] & read_packets(asking, resource)


def read_packets(asking: Asking[Axis], resource: str) -> set[str]:
    """A packet never changes, so what has been read is not fetched again; what could not be read is."""
    return raw_versions.keys_without(asking.database, f"raw.axis__{resource}", "$.packet.error")
