"""Facts of a file inside a packet (protocols A.4.3): known by its content, for the declared type does not tell."""

import base64
import binascii
import hashlib
import io
import zipfile
import zlib
from typing import Any

from connectors.signatures import signature_facts


MAX_UNPACKED = 256 << 20
BROKEN = (
    binascii.Error,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
LEGACY_OFFICE = b"\xd0\xcf\x11\xe0"


def file_facts(encoded: str, name: str) -> dict[str, Any]:
    """Kind, size, hash and signatures of a base64 text; the content itself is dropped."""
    try:
        content, is_zipped = unpacked(base64.b64decode(encoded, validate=True), name)
        kind = kind_of(content)
    except BROKEN as error:
        return {"kind": "broken", "error": type(error).__name__}
    digest = hashlib.sha256(content).hexdigest()
    signatures = signature_facts(content, digest) if kind == "pdf" else {}
    return {"kind": kind, "zipped": is_zipped, "size": len(content), "sha256": digest} | signatures


def unpacked(content: bytes, name: str) -> tuple[bytes, bool]:
    """The file itself; a ZIP of one member is only its wrapping, an Office file is a ZIP of its own."""
    if not content.startswith(b"PK"):
        return content, False
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
        if is_office(archive) or len(members) != 1 or name.lower().endswith(".zip"):
            return content, False
        if members[0].file_size > MAX_UNPACKED:
            raise ValueError("the unpacked file is too large")
        return archive.read(members[0]), True


def is_office(archive: zipfile.ZipFile) -> bool:
    return "[Content_Types].xml" in archive.namelist()


def kind_of(content: bytes) -> str:
    if content.startswith(b"%PDF"):
        return "pdf"
    if content.startswith(LEGACY_OFFICE):
        return "office"
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "office" if is_office(archive) else "zip"
    return "other" if content else "empty"
