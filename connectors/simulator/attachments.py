"""Files that travel in packets: small PDF and Word files, zipped or plain, under types that often lie (A.4.3)."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import dataclass


_LARGE_EVERY, _LARGE_AT, _LARGE_BYTES = 4_000, 777, 3_800_000
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


def _pdf(number: int, padding: bytes = b"") -> bytes:
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


def _attachment(index: int, place: int) -> Attachment:
    number = index * 10 + place
    style = number * 7919 % 100
    identifier = str(200 + number)
    member = f"852e179c-1a55-4ccd-9ac9-{number:012x}"
    if style < 10:
        parts = {name: text.encode() for name, text in _WORD_PARTS.items()}
        parts["word/note.txt"] = str(number).encode()
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        return Attachment(identifier, f"Du_thao_{number}.docx", kind, _zip(parts))
    content = _pdf(number, _padding(index) if place == 0 else b"")
    name = f"{number}_VB_kem_theo.pdf"
    if style < 40:
        return Attachment(identifier, name, "application/pdf", content)
    declared = "application/pdf" if style < 70 else "application/zip"
    return Attachment(identifier, name, declared, _zip({f"{member}.pdf": content}))


def attachments(index: int) -> list[Attachment]:
    """The files of one packet: mostly one, sometimes two, now and then none."""
    count = 0 if index % 50 == 49 else 1 + (index % 6 == 5)
    return [_attachment(index, place) for place in range(count)]
