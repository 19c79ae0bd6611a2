"""The national database of procedures, by its session service."""

from collections.abc import Iterator, Mapping

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client
from assets.raw.due_questions import copies_to_ask, procedures_to_read
from connectors.tthc import NationalDatabase


def connect(given: Mapping[str, str], client: Client) -> NationalDatabase:
    return NationalDatabase(
        client("TTHC", given["TTHC_URL"]),
        given["TTHC_USERNAME"],
        given["TTHC_PASSWORD"],
        given["TTHC_UNIT_CODE"],
        given["TTHC_DSTCODE"],
    )


def procedure_list(asking: Asking[NationalDatabase]) -> Iterator[Reading]:
    yield Reading(asking.connector.procedure_list())


def fields(asking: Asking[NationalDatabase]) -> Iterator[Reading]:
    yield Reading(asking.connector.fields())


def agencies(asking: Asking[NationalDatabase]) -> Iterator[Reading]:
    yield Reading(asking.connector.agencies())


def procedures(asking: Asking[NationalDatabase]) -> Iterator[Reading]:
    yield Reading(asking.connector.procedures(procedures_to_read(asking.database, asking.settings)))


def dossier_copies(asking: Asking[NationalDatabase]) -> Iterator[Reading]:
    yield Reading(asking.connector.dossier_copies(copies_to_ask(asking.database, asking.settings)))
