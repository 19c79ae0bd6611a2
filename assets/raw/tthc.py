"""The national database of procedures, by its session service."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from assets.raw.due_questions import copies_to_ask, procedures_to_read
from connectors.pseudonym_settings import pseudonymiser
from connectors.tthc import Adapter, NationalDatabase


def connect(given: Mapping[str, str], client: Client) -> NationalDatabase:
    return NationalDatabase(
        client("TTHC", given["TTHC_URL"]),
        given["TTHC_USERNAME"],
        given["TTHC_PASSWORD"],
        given["TTHC_UNIT_CODE"],
        given["TTHC_DSTCODE"],
        adapter_of(given),
        client("TTHC", given["TTHC_SHARE_URL"]) if "TTHC_SHARE_URL" in given else None,
        pseudonymiser(given),
    )


def adapter_of(given: Mapping[str, str]) -> Adapter:
    """As usual, save for what is set."""
    told: dict[str, Any] = {
        "login_path": given.get("TTHC_LOGIN_PATH"),
        "call_path": given.get("TTHC_CALL_PATH"),
        "provider_url": given.get("TTHC_PROVIDER_URL"),
        "dstcode_in": given.get("TTHC_DSTCODE_IN"),
    }
    return replace(Adapter(), **{name: value for name, value in told.items() if value})


def questions(database: NationalDatabase, _org_code: str) -> Iterator[Question]:
    """For whoever probes the source: the sign-on, and a short list."""

    def fields_listed() -> str:
        return f"{sum(len(page.records) for page in database.fields())} lĩnh vực"

    yield "Đăng nhập", database.signed_on
    yield "Danh mục lĩnh vực", fields_listed


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
