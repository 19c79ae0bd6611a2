"""The public gateway of the national database, which announces decisions."""

from collections.abc import Iterator, Mapping

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from assets.raw.due_questions import decisions_to_read
from connectors.pseudonym_settings import pseudonymiser
from connectors.tthc_public import PublicGateway


def connect(given: Mapping[str, str], client: Client) -> PublicGateway:
    return PublicGateway(client("TTHC_PUBLIC", given["TTHC_PUBLIC_URL"]), pseudonymiser=pseudonymiser(given))


def questions(gateway: PublicGateway, _org_code: str) -> Iterator[Question]:
    """For whoever probes the source: the newest announced decisions."""
    yield "Quyết định công bố mới nhất", lambda: f"đọc được {len(next(gateway.decisions()).records)} quyết định"


def public_procedures(asking: Asking[PublicGateway]) -> Iterator[Reading]:
    yield Reading(asking.connector.procedures())


def decisions(asking: Asking[PublicGateway]) -> Iterator[Reading]:
    yield Reading(asking.connector.decisions())


def decision_procedures(asking: Asking[PublicGateway]) -> Iterator[Reading]:
    read_until = asking.settings.clock().isoformat()
    wanted = decisions_to_read(asking.database, asking.settings)
    pages = (page for decision in wanted for page in asking.connector.decision_procedures(decision))
    yield Reading(pages, cursor=lambda newest: read_until)
