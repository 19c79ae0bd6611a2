"""What of an iGate dossier may pass the border (protocols B.6.3), and how its applicant becomes a pseudonym.

Every field that passes is declared here. A leaf passes as the bytes it came in, whatever its type became: typing is the
warehouse's work. What is not declared never becomes a Python object.
"""

from msgspec import Raw, Struct
from msgspec.json import Decoder, Encoder, decode

from connectors.records import Pseudonymiser, Record


NOTHING = Raw(b"")
EMPTY = (b"", b"null", b'""')


class Item(Struct, omit_defaults=True):
    """The base of all declared objects: absent leaves stay absent."""


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
    nationCode: Raw = NOTHING
    translate: Raw = NOTHING
    sector: Coded | None = None


class Process(Item):
    processingTime: Raw = NOTHING
    processingTimeUnit: Raw = NOTHING


class ProcedureProcess(Item):
    id: Raw = NOTHING
    processDefinition: Process | None = None


class Step(Item):
    name: Raw = NOTHING


class Task(Item):
    """A step of processing; the person it is assigned to does not pass."""

    id: Raw = NOTHING
    isCurrent: Raw = NOTHING
    createdDate: Raw = NOTHING
    updatedDate: Raw = NOTHING
    bpmProcessDefinitionTask: Step | None = None
    agency: Coded | None = None


class Person(Item):
    """Read to make the pseudonym, never written."""

    fullname: Raw = NOTHING
    ownerFullname: Raw = NOTHING
    birthday: Raw = NOTHING
    identityNumber: Raw = NOTHING
    organization: Raw = NOTHING
    chonDoiTuong: Raw = NOTHING


class Applicant(Item):
    """Comes with `data`, leaves with a pseudonym, the kind as the source wrote it and whether an organisation is named."""

    data: Person | None = None
    pseudonym: str | None = None
    chonDoiTuong: Raw = NOTHING
    organization: bool | None = None



class Dossier(Item):
    id: Raw = NOTHING
    code: Raw = NOTHING
    nationCode: Raw = NOTHING
    dossierStatus: Named | None = None
    dossierTaskStatus: Named | None = None
    procedure: Procedure | None = None
    procedureProcessDefinition: ProcedureProcess | None = None
    agency: Agency | None = None
    appliedDate: Raw = NOTHING
    acceptedDate: Raw = NOTHING
    appointmentDate: Raw = NOTHING
    dueDate: Raw = NOTHING
    completedDate: Raw = NOTHING
    returnedDate: Raw = NOTHING
    updatedDate: Raw = NOTHING
    createdDate: Raw = NOTHING
    applyMethod: Named | None = None
    dossierReceivingKind: Named | None = None
    task: list[Task] | None = None
    undefindedCompleteTime: Raw = NOTHING
    applicant: Applicant | None = None


class DossierPage(Struct):
    content: list[Dossier]
    last: bool | None = None
    totalElements: int | None = None
    totalPages: int | None = None


# Counts that came as text are read as numbers.
decode_page = Decoder(DossierPage, strict=False).decode
_encode = Encoder().encode


def text(leaf: Raw) -> str | None:
    """A leaf as text; absent and null are None, a number is its digits."""
    if bytes(leaf) in EMPTY:
        return None
    value = decode(leaf)
    return value if isinstance(value, str) else bytes(leaf).decode()


def reduced(person: Person, pseudonymiser: Pseudonymiser) -> Applicant:
    """The applicant as it may be kept: the identity number where there is one, else name and birthday, pseudonymised."""
    identity = text(person.identityNumber)
    name = text(person.ownerFullname) or text(person.fullname)
    identified = pseudonymiser.of(identity) if identity else pseudonymiser.of(name, text(person.birthday))
    return Applicant(
        pseudonym=identified if identity or name else None,
        chonDoiTuong=person.chonDoiTuong,
        organization=bool((text(person.organization) or "").strip()),
    )


def record_of(dossier: Dossier, pseudonymiser: Pseudonymiser) -> Record:
    """Keyed by the public code, or by the source's id where a dossier has no code yet."""
    if dossier.applicant is not None:
        person = dossier.applicant.data
        dossier.applicant = reduced(person, pseudonymiser) if person is not None else None
    return Record(text(dossier.code) or f"id:{text(dossier.id)}", _encode(dossier), text(dossier.updatedDate))
