"""What of an iGate dossier may pass the border (protocols B.6.3), and how its applicant becomes a pseudonym.

Every field that passes is declared here. A leaf passes as the bytes it came in, whatever its type became: typing is the
warehouse's work. Only what is looked at here becomes a Python object.
"""

import hashlib
from typing import Any

from msgspec import DecodeError, Raw, Struct, ValidationError
from msgspec.json import Decoder, Encoder

from connectors import json_repair
from connectors.records import Pseudonymiser, Record, key_of
from connectors.spring import facts


NOTHING = Raw(b"")


class Item(Struct, omit_defaults=True, rename="camel", gc=False):
    """The base of all declared objects: absent leaves stay absent, and no cycle is possible."""


class Named(Item):
    id: Raw = NOTHING
    name: Raw = NOTHING


class Coded(Item):
    id: Raw = NOTHING
    code: Raw = NOTHING
    name: Raw = NOTHING


class Agency(Item):
    id: Raw = NOTHING
    code: Raw = NOTHING
    name: Raw = NOTHING
    parent: Coded | None = None
    ancestors: list[Coded] | None = None


class Procedure(Item):
    id: Raw = NOTHING
    code: Raw = NOTHING
    nation_code: Raw = NOTHING
    name: Raw = NOTHING
    translate: Raw = NOTHING
    sector: Coded | None = None


class Process(Item):
    processing_time: Raw = NOTHING
    processing_time_unit: Raw = NOTHING


class ProcedureProcess(Item):
    id: Raw = NOTHING
    process_definition: Process | None = None


class Step(Item):
    name: Raw = NOTHING


class Task(Item):
    """A step of processing; the person it is assigned to does not pass."""

    id: Raw = NOTHING
    is_current: Raw = NOTHING
    created_date: Raw = NOTHING
    updated_date: Raw = NOTHING
    bpm_process_definition_task: Step | None = None
    agency: Coded | None = None


class Person(Item):
    """Read to make the pseudonym, never written."""

    fullname: Any = None
    owner_fullname: Any = None
    birthday: Any = None
    identity_number: Any = None
    organization: Any = None
    chon_doi_tuong: Any = None


class Applicant(Item):
    """Comes with `data`; leaves with a pseudonym, the kind as written, and whether an organisation is named."""

    data: Person | None = None
    pseudonym: Any = None
    chon_doi_tuong: Any = None
    organization: Any = None


class Dossier(Item):
    id: Any = None
    code: Any = None
    nation_code: Raw = NOTHING
    dossier_status: Named | None = None
    dossier_task_status: Named | None = None
    procedure: Procedure | None = None
    procedure_process_definition: ProcedureProcess | None = None
    # Another model of item has the limit here (protocols E.3).
    processing_time: Raw = NOTHING
    processing_time_unit: Raw = NOTHING
    agency: Agency | None = None
    applied_date: Raw = NOTHING
    accepted_date: Raw = NOTHING
    appointment_date: Raw = NOTHING
    due_date: Raw = NOTHING
    completed_date: Raw = NOTHING
    returned_date: Raw = NOTHING
    updated_date: Any = None
    created_date: Raw = NOTHING
    apply_method: Named | None = None
    dossier_receiving_kind: Named | None = None
    task: list[Task] | None = None
    current_task: list[Task] | None = None
    undefinded_complete_time: Raw = NOTHING
    applicant: Applicant | None = None
    # Ours: why nothing else of the record could be read.
    unreadable: Any = None


class KnownBy(Item):
    """By what a record is recognised that cannot be read otherwise."""

    id: Any = None
    code: Any = None
    updated_date: Any = None


class Envelope(Struct, rename="camel"):
    """The records apart; what the list says of itself is read by `spring`, whatever it looks like."""

    content: list[Raw]
    last: Any = None
    total_elements: Any = None
    total_pages: Any = None
    page: Any = None


class DossierPage(Struct):
    content: list[Dossier]
    last: bool | None = None
    total_elements: int | None = None
    total_pages: int | None = None


class DossierTasks(Item):
    task: list[Task] | None = None


# So many odd records and no other on a page are no longer the records' fault.
ODD_AND_NO_OTHER = 3
decode_envelope = Decoder(Envelope).decode
decode_dossier = Decoder(Dossier).decode
decode_known_by = Decoder(KnownBy).decode
decode_tasks = Decoder(DossierTasks).decode
_encode = Encoder().encode


def decode_page(body: bytes) -> DossierPage:
    """Record by record: one that is odd is kept by what it is known by, with the reason, and costs no other.

    Raises ValidationError when the envelope is another, or every record of a page is odd; DecodeError or
    UnicodeDecodeError for what is no JSON.
    """
    envelope, content = opened(body)
    items = [item_of(raw) for raw in content]
    odd = [item for item in items if item.unreadable is not None]
    if odd and len(odd) == len(items):
        # A whole page in another encoding was spoilt on its way.
        body.decode()
        if len(odd) >= ODD_AND_NO_OTHER:
            raise ValidationError(odd[0].unreadable)
    told = {"last": envelope.last, "page": envelope.page}
    counts = {"totalElements": envelope.total_elements, "totalPages": envelope.total_pages}
    return DossierPage(items, *facts(told | counts))


def opened(body: bytes) -> tuple[Envelope, list[bytes]]:
    """The envelope and its records; where one of them breaks the whole, they are parted by their brackets."""
    try:
        envelope = decode_envelope(body)
    except ValidationError:
        raise
    except (DecodeError, RecursionError):
        try:
            content, rest = json_repair.items(body, "content")
        except (KeyError, json_repair.Unbalanced):
            raise DecodeError from None
        return decode_envelope(rest), content
    return envelope, [bytes(raw) for raw in envelope.content]


def item_of(raw: bytes) -> Dossier:
    try:
        dossier = decode_dossier(raw)
    except ValidationError as error:
        # It names the place and the types, never what stands there.
        return odd_one(raw, str(error))
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return odd_one(raw, "JSON hỏng trong bản ghi")
    dossier.unreadable = None
    return dossier


def odd_one(raw: bytes, why: str) -> Dossier:
    try:
        known = decode_known_by(raw)
    except (ValidationError, DecodeError, UnicodeDecodeError, RecursionError):
        told = json_repair.texts_of(raw, ("id", "code", "updatedDate"))
        own = told.get("id") or f"sha256:{hashlib.sha256(raw).hexdigest()[:32]}"
        known = KnownBy(own, told.get("code"), told.get("updatedDate"))
    return Dossier(id=known.id, code=known.code, updated_date=known.updated_date, unreadable=why)


def text(value: Any) -> str | None:
    """A leaf as text; absent, null and blank are None, a number is its digits."""
    if value is None:
        return None
    if isinstance(value, str):
        return value if value.strip() else None
    return _encode(value).decode()


def is_filled(value: Any) -> bool:
    """Whether something is written there, of whatever type."""
    return bool(value.strip() if isinstance(value, str) else value)


def reduced(person: Person, pseudonymiser: Pseudonymiser) -> Applicant:
    """The applicant as it may be kept: a pseudonym of the identity number, or else of name and birthday."""
    pseudonym = None
    if number := text(person.identity_number):
        pseudonym = pseudonymiser.of(number)
    elif name := text(person.owner_fullname) or text(person.fullname):
        pseudonym = pseudonymiser.of(name, text(person.birthday))
    return Applicant(None, pseudonym, person.chon_doi_tuong, is_filled(person.organization))


def record_of(dossier: Dossier, pseudonymiser: Pseudonymiser) -> Record:
    """Keyed by the public code, or by the source's id where a dossier has no code yet."""
    if dossier.applicant is not None:
        person = dossier.applicant.data
        # Whatever else came is replaced too, even under a name that may leave.
        dossier.applicant = reduced(person, pseudonymiser) if person is not None else None
    payload = _encode(dossier)
    return Record(text(dossier.code) or identity(dossier, payload), payload, text(dossier.updated_date))


def identity(dossier: Dossier, payload: bytes) -> str:
    """`id:…`, by which a dossier is the same one while its code comes and goes; without one, its content."""
    known = text(dossier.id)
    return f"id:{known}" if known else key_of({"payload": payload.decode()})


def tasks_of(holder: DossierTasks) -> bytes:
    return _encode(holder)
