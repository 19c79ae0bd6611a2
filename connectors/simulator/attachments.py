"""Files that travel in packets: small PDF and Word files, zipped or plain, under types that often lie (A.4.3)."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache

from connectors.simulator.certificate_authority import Identity, altered, signed, varied


_LARGE_EVERY, _LARGE_AT, _LARGE_BYTES = 4_000, 777, 3_800_000
_VARIANTS, _NO_FILE_EVERY = 8, 400
# In thousandths of the packets, summed up.
_SIGNINGS = (("agency_only", 6), ("unsigned", 10), ("expired", 13), ("altered", 15))
_AGENCY = Identity("Ủy ban nhân dân tỉnh Thử Nghiệm")
_PERSON = Identity("Ủy ban nhân dân tỉnh Thử Nghiệm", "Trần Thị Người Ký")
_EXPIRED = Identity("Ủy ban nhân dân tỉnh Thử Nghiệm", "Lê Văn Hết Hạn", 2021, 2023)
_DATE = (2025, 1, 1, 7, 0, 0)
_WORD_PARTS = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org'
    '/package/2006/content-types"/>',
    "word/document.xml": "<document>Dự thảo</document>",
}


@dataclass(frozen=True)
class Attachment:
    id: str
    name: str
    content_type: str
    content: bytes


def plain_pdf(number: int, padding: bytes = b"") -> bytes:
    """The smallest file that every reader accepts, with a comment that makes it differ."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body = b"%PDF-1.4\n%" + str(number).encode() + padding + b"\n"
    places = []
    for at, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (at, content)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def _zip(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _padding(index: int) -> bytes:
    """Scanned pages do not compress: one packet in four thousand weighs about five megabytes."""
    dice = random.Random(index)
    if index % _LARGE_EVERY == _LARGE_AT:
        return dice.randbytes(_LARGE_BYTES).replace(b"\n", b" ").replace(b"\r", b" ")
    return dice.randbytes(600 + dice.randrange(1_500)).hex().encode()


def signing(index: int) -> str:
    """How the main file of a packet is signed: nearly always by the person and the agency, as it must be."""
    if index % _NO_FILE_EVERY == _NO_FILE_EVERY - 1:
        return "unsigned"
    if index % _LARGE_EVERY == _LARGE_AT:
        return "agency_only"
    draw = index * 7919 % 1000
    return next((kind for kind, below in _SIGNINGS if draw < below), "full")


@cache
def _template(kind: str, month: int) -> bytes:
    """Signed once for a month: signing takes some fifty milliseconds, and thousands of packets are asked for."""
    plain = plain_pdf(month, _padding(month))
    signers = {"agency_only": [_AGENCY], "expired": [_EXPIRED, _AGENCY]}.get(kind, [_PERSON, _AGENCY])
    return signed(plain, signers, datetime(2025, month, 1, 1))


@cache
def _signed_file(kind: str, month: int, variant: int) -> bytes:
    if kind == "unsigned":
        return plain_pdf(month * 100 + variant, _padding(variant))
    done = varied(_template(kind, month), variant)
    return altered(done) if kind == "altered" else done


@lru_cache(maxsize=2)
def _scan(index: int) -> bytes:
    """A scanned paper under the agency's seal alone."""
    return signed(plain_pdf(index, _padding(index)), [_AGENCY], datetime(2025, 1, 2, 1))


def _main_file(index: int, month: int) -> bytes:
    if index % _LARGE_EVERY == _LARGE_AT:
        return _scan(index)
    return _signed_file(signing(index), month, index % _VARIANTS)


def _attachment(index: int, place: int, month: int) -> Attachment:
    number = index * 10 + place
    style = number * 7919 % 100
    identifier = str(200 + number)
    member = f"852e179c-1a55-4ccd-9ac9-{number:012x}"
    if place and style < 60:
        parts = {name: text.encode() for name, text in _WORD_PARTS.items()}
        parts["word/note.txt"] = str(number).encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return Attachment(identifier, f"Du_thao_{number}.docx", kind, _zip(parts))
    content = plain_pdf(number) if place else _main_file(index, month)
    name = f"{number}_VB_kem_theo.pdf"
    if style < 35:
        return Attachment(identifier, name, "application/pdf", content)
    declared = "application/pdf" if style < 70 else "application/zip"
    return Attachment(identifier, name, declared, _zip({f"{member}.pdf": content}))


def attachments(index: int, month: int = 1) -> list[Attachment]:
    """The files of one packet of that month: mostly one, sometimes an annex, now and then none."""
    count = 0 if index % _NO_FILE_EVERY == _NO_FILE_EVERY - 1 else 1 + (index % 6 == 5)
    return [_attachment(index, place, month) for place in range(count)]
