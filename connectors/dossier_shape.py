"""What of an iGate dossier may pass the border (protocols B.6.3): every field is declared here, by what it may be.

Names of agencies, sectors and persons in charge judge nothing and do not pass; of the applicant a pseudonym does.
"""

from typing import Annotated, Any, get_args, get_type_hints

from msgspec import Meta, Struct

from connectors.border import KINDS, UNREADABLE, Border, fitting
from connectors.records import Shape


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
# What is ours, or read to be replaced: no leaf of the source by itself.
OURS = ("applicant", UNREADABLE, "odd")


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


class DossierTasks(Item):
    task: list[Task] | None = None


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
