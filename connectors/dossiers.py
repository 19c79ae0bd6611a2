"""Decodes iGate dossiers record by record, and makes of an applicant a pseudonym (protocols B.6.3).

Nearly all are read by msgspec, which checks each leaf on its way; one with a leaf that is anything else is read again
leaf by leaf, by the shape that the declarations of `dossier_shape` are.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import DecodeError, Raw, Struct, ValidationError
from msgspec.json import Decoder, Encoder

from connectors import json_repair
from connectors.border import UNREADABLE, WITHHELD, Border
from connectors.dossier_shape import DOSSIER, KEYLESS, Applicant, Dossier, DossierTasks, Person, passes
from connectors.records import Pseudonymiser, Record, Shape, key_of
from connectors.spring import facts


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
