"""What of an iGate dossier may pass the border (protocols B.6.3), and how its applicant becomes a pseudonym.

Every field that passes is declared here, by what it may be. Nearly all dossiers are read by msgspec, which checks each
leaf on its way; one with a leaf that is anything else is read again leaf by leaf, by the shape that these declarations
are. Names of agencies, sectors and persons in charge judge nothing and do not pass.
"""

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, get_args, get_type_hints

import msgspec
from msgspec import DecodeError, Meta, Raw, Struct, ValidationError
from msgspec.json import Decoder, Encoder

from connectors import json_repair
from connectors.border import KINDS, UNREADABLE, WITHHELD, Border, fitting
from connectors.records import Pseudonymiser, Record, Shape, key_of
from connectors.spring import facts


# What surely names nobody, so that most codes need no second look: no number of a card or a telephone, no parted words.
NOBODY = (
    r"(?!.*(?<![\dA-Za-z])(?:\d{9,12}|\+?84\d{8,11})(?![\dA-Za-z]))"
    r"(?!.*(?i:cccd|cmnd|cmt|sđt|đt):?\d{9})(?!.*[^\W\d_][_.+][^\W\d_])"
)


def whole(kind: str) -> Meta:
    """The pattern of a kind as msgspec asks it: it looks anywhere, and lets no empty text through by itself."""
    return Meta(max_length=KINDS[kind].most, pattern=rf"\A(?:{KINDS[kind].pattern.pattern})?\Z")


Code = (
    Annotated[str, Meta(max_length=KINDS["code"].most, pattern=rf"\A{NOBODY}[^\s@<>\"]*\Z")]
    | Annotated[int, Meta(ge=0, lt=10**8)]
)
Date = Annotated[str, whole("date")] | Annotated[int, Meta(ge=10**12, lt=2 * 10**12)]
Number = Annotated[str, whole("number")] | Annotated[int, Meta(gt=-(10**8), lt=10**8)]
Flag = bool | Annotated[str, whole("flag")] | Annotated[int, Meta(ge=0, le=1)]
# Of more than one word, or in several languages: msgspec leaves them to the border.
Word = Annotated[Any, "word"]
Label = Annotated[Any, "label"]
Name = Annotated[Any, "name"]
KIND_OF = {Code: "code", Date: "date", Number: "number", Flag: "flag", Word: "word", Label: "label", Name: "name"}
KEYLESS = Border()


def refuse_unless(value: Any, kind: str) -> None:
    """Raises ValueError, of which msgspec makes a ValidationError, where a leaf may not pass as it is."""
    if value is not None and (fitting(kind, value) is None if isinstance(value, str) else not passes(value, kind)):
        raise ValueError(kind)


def passes(value: Any, kind: str) -> bool:
    return KEYLESS.passed({kind: value}, {kind: kind}) == {kind: value}


class Item(Struct, omit_defaults=True, rename="camel", gc=False):
    """The base of all declared objects: absent leaves stay absent, and no cycle is possible."""


class Named(Item):
    id: Code | None = None
    name: Label | None = None

    def __post_init__(self) -> None:
        refuse_unless(self.name, "label")


class Coded(Item):
    id: Code | None = None
    code: Code | None = None


class Procedure(Item):
    id: Code | None = None
    code: Code | None = None
    nation_code: Code | None = None
    name: Name | None = None
    sector: Coded | None = None

    def __post_init__(self) -> None:
        refuse_unless(self.name, "name")


class Process(Item):
    processing_time: Word | None = None
    processing_time_unit: Word | None = None

    def __post_init__(self) -> None:
        refuse_unless(self.processing_time, "word")
        refuse_unless(self.processing_time_unit, "word")


class ProcedureProcess(Item):
    id: Code | None = None
    process_definition: Process | None = None


class Step(Item):
    name: Label | None = None

    def __post_init__(self) -> None:
        refuse_unless(self.name, "label")


class Task(Item):
    """A step of processing; the person it is assigned to does not pass."""

    id: Code | None = None
    is_current: Flag | None = None
    created_date: Date | None = None
    updated_date: Date | None = None
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
    id: Code | None = None
    code: Code | None = None
    nation_code: Code | None = None
    dossier_status: Named | None = None
    dossier_task_status: Named | None = None
    procedure: Procedure | None = None
    procedure_process_definition: ProcedureProcess | None = None
    # Another model of item has the limit here (protocols E.3).
    processing_time: Word | None = None
    processing_time_unit: Word | None = None
    agency: Coded | None = None
    applied_date: Date | None = None
    accepted_date: Date | None = None
    appointment_date: Date | None = None
    due_date: Date | None = None
    completed_date: Date | None = None
    returned_date: Date | None = None
    updated_date: Date | None = None
    created_date: Date | None = None
    apply_method: Named | None = None
    dossier_receiving_kind: Named | None = None
    task: list[Task] | None = None
    current_task: list[Task] | None = None
    undefinded_complete_time: Number | None = None
    applicant: Applicant | None = None
    # Ours: why something of the record, or nothing else of it, could be read.
    unreadable: Any = None
    # Ours, and never written: the record as it came, where a leaf of it may not pass as it is.
    odd: Any = None

    def __post_init__(self) -> None:
        refuse_unless(self.processing_time, "word")
        refuse_unless(self.processing_time_unit, "word")


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
decode_tasks = Decoder(DossierTasks).decode
_encode = Encoder().encode
BROKEN = "JSON hỏng trong bản ghi"
# By what a record is recognised that cannot be read otherwise.
KNOWN_BY: Shape = {"id": "code", "code": "code", "updatedDate": "date"}
BY_CONTENT = "sha256:"
OURS = ("applicant", UNREADABLE, "odd")


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
        dossier.unreadable = dossier.odd = None
    except ValidationError as error:
        # It names the place and the types, never what stands there; "got" tells that the build is another.
        return leaf_by_leaf(raw, str(error) if ", got " in str(error) else None)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return odd_one(raw, BROKEN)
    return dossier


def leaf_by_leaf(raw: bytes, why: str | None) -> Dossier:
    """A dossier with a leaf that cannot pass as it is; what is known of it is known only by leaves that can."""
    try:
        odd = msgspec.json.decode(raw)
    except (DecodeError, UnicodeDecodeError, RecursionError):
        return odd_one(raw, BROKEN)
    if not isinstance(odd, dict):
        return odd_one(raw, "bản ghi không phải là một đối tượng")
    known = KEYLESS.passed(odd, {**KNOWN_BY, "acceptedDate": "date"})
    sound = {name: value for name, value in known.items() if value != WITHHELD}
    return Dossier(
        sound.get("id"),
        sound.get("code"),
        updated_date=sound.get("updatedDate"),
        accepted_date=sound.get("acceptedDate"),
        unreadable=why,
        odd=odd,
    )


def odd_one(raw: bytes, why: str) -> Dossier:
    """Of which nothing can be read but, where they are sound, the leaves by which it is known."""
    found: dict[str, Any] = json_repair.texts_of(raw, tuple(KNOWN_BY))
    known = {name: value for name, value in found.items() if passes(value, str(KNOWN_BY[name]))}
    own = known.get("id") or f"{BY_CONTENT}{hashlib.sha256(raw).hexdigest()[:32]}"
    return Dossier(own, known.get("code"), updated_date=known.get("updatedDate"), unreadable=why)


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
    kind = KEYLESS.passed({"kind": person.chon_doi_tuong}, {"kind": "word"}).get("kind")
    return Applicant(None, pseudonym, kind, is_filled(person.organization))


def record_of(dossier: Dossier, pseudonymiser: Pseudonymiser) -> Record:
    """Keyed by the public code, or by the source's id where a dossier has no code yet."""
    odd, dossier.odd = dossier.odd, None
    if (text(dossier.id) or "").startswith(BY_CONTENT):
        # A short record could be found out by trying.
        dossier.id = BY_CONTENT + pseudonymiser.of(text(dossier.id))
    if odd is not None:
        payload = odd_payload(odd, dossier.unreadable, pseudonymiser)
    else:
        if dossier.applicant is not None:
            person = dossier.applicant.data
            # Whatever else came is replaced too, even under a name that may leave.
            dossier.applicant = reduced(person, pseudonymiser) if person is not None else None
        payload = _encode(dossier)
    return Record(text(dossier.code) or identity(dossier, payload), payload, text(dossier.updated_date))


def odd_payload(odd: Mapping[str, Any], why: str | None, pseudonymiser: Pseudonymiser) -> bytes:
    """`why`: what is odd about the build of the record; which leaves are withheld is told instead where some are."""
    kept = Border(pseudonymiser).passed(odd, DOSSIER)
    if why is not None:
        kept.setdefault(UNREADABLE, why)
    holder = odd.get("applicant")
    person = holder.get("data") if isinstance(holder, dict) else None
    if isinstance(person, dict):
        kept["applicant"] = reduced(msgspec.convert(person, Person), pseudonymiser)
    return _encode(kept)


def identity(dossier: Dossier, payload: bytes) -> str:
    """`id:…`, by which a dossier is the same one while its code comes and goes; without one, its content."""
    known = text(dossier.id)
    return f"id:{known}" if known else key_of({"payload": payload.decode()})


def tasks_of(holder: DossierTasks) -> bytes:
    return _encode(holder)


def shape_of(declared: type[Struct]) -> Shape:
    """The shape that the declaration of an object is, for what is read leaf by leaf."""
    hints = get_type_hints(declared, include_extras=True)
    encoded = dict(zip(declared.__struct_fields__, declared.__struct_encode_fields__, strict=True))
    return {wire: kind_of(hints[name]) for name, wire in encoded.items() if wire not in OURS}


def kind_of(hint: Any) -> Shape | str:
    """Of `X | None`: the kind of a leaf, or the shape of an object or of a list of objects."""
    for leaf, kind in KIND_OF.items():
        if hint == leaf | None:
            return kind
    (inner,) = (one for one in get_args(hint) if one is not type(None))
    return shape_of(get_args(inner)[0] if get_args(inner) else inner)


DOSSIER = shape_of(Dossier)
