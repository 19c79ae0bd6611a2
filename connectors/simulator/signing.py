"""The envelope of the axis: parameters in headers, signed with a shared secret (A.1.2)."""

from __future__ import annotations

import hashlib
import hmac
import json
import re

from connectors.simulator.wire import Request


PREFIX = "XroadVnpt-"
_TIMESTAMP = re.compile(r"\d{8}T\d{6}\+\d{4}")


class BadSignature(Exception):
    """Why a request is not believed."""


def verify(request: Request, secrets: dict[str, str]) -> dict[str, str]:
    """The logical parameters of a request, in lower case, once their signature has been checked.

    A client that keeps one object for all its calls sends `docId` and `docid` together (E.1); each is there as written.
    """
    system = request.headers.get(f"{PREFIX}systemid")
    if system not in secrets:
        raise BadSignature("He thong khong ton tai")
    signed = request.headers.get(f"{PREFIX}sign-header")
    expected = hmac.new(secrets[system].encode(), signed.encode(), hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get(f"{PREFIX}hash-header")):
        raise BadSignature("Chu ky khong hop le")
    names = request.headers.get(f"{PREFIX}sign-header-key").split(";")
    try:
        values = {str(name): str(value) for name, value in json.loads(signed).items()}
    except (ValueError, AttributeError):
        raise BadSignature("Chuoi ky khong dung dinh dang") from None
    if {f"{PREFIX}{name}" for name in names} != set(values) or "systemid" not in names:
        raise BadSignature("Danh sach tham so ky khong khop")
    for name, value in values.items():
        if request.headers.written.get(name, request.headers.get(name)) != value:
            raise BadSignature(f"Tham so {name} khong khop chu ky")
    if not _TIMESTAMP.fullmatch(values.get(f"{PREFIX}timestamp", "")):
        raise BadSignature("Thoi gian khong dung dinh dang")
    written = {name: values[f"{PREFIX}{name}"] for name in names}
    return {name.lower(): value for name, value in written.items()} | written


def digests(content: bytes) -> set[str]:
    """Both ways of writing SHA-256: 64 digits, and the vendor's, which drops the zeros of small bytes."""
    digest = hashlib.sha256(content).digest()
    return {digest.hex(), "".join(f"{byte:x}" for byte in digest)}
