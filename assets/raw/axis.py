"""The document exchange axis: packets not yet seen, and lists of what was sent. Never acknowledged (design §4.1)."""

from collections.abc import Iterator, Mapping

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from connectors.axis import Axis
from warehouse import raw_versions


def connect(given: Mapping[str, str], client: Client) -> Axis:
    return Axis(client("AXIS", given["AXIS_URL"]), given["AXIS_SYSTEM_ID"], given["AXIS_SECRET"])


def questions(axis: Axis) -> Iterator[Question]:
    """For whoever probes the source: what waits, by its own count."""

    def waiting() -> str:
        found = axis.counts()
        return f"{found['edoc']} văn bản, {found['status']} gói trạng thái đang chờ"

    yield "Chữ ký và hàng đợi", waiting


def received_documents(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.received(read_packets(asking, "received_documents")))


def received_statuses(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.statuses(read_packets(asking, "received_statuses")))


def sent_documents(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.sent())


def sent_statuses(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.sent_statuses())


def agencies(asking: Asking[Axis]) -> Iterator[Reading]:
    yield Reading(asking.connector.agencies())


def read_packets(asking: Asking[Axis], resource: str) -> set[str]:
    """A packet never changes, so what has been read is not fetched again; what could not be read is."""
    return raw_versions.keys_without(asking.database, f"raw.axis__{resource}", "$.packet.error")
