"""The request envelope of VXP (protocols A.1): every parameter is a header, and the headers are signed."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from typing import Any

from connectors import own_words
from connectors.border import fitting
from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient


KEYS = "Kiểm tra AXIS_SYSTEM_ID và AXIS_SECRET; nếu đúng thì hỏi đơn vị quản lý trục lỗi này nghĩa là gì."
LOCAL_TIME = timezone(timedelta(hours=7))


def signed_headers(parameters: dict[str, str], secret: str) -> dict[str, str]:
    """Every parameter prefixed, the JSON of all of them, its HMAC-SHA256 in lower-case hex (A.1.2)."""
    prefixed = {f"XroadVnpt-{name}": text for name, text in parameters.items()}
    signed = json.dumps(prefixed, separators=(",", ":"))
    return prefixed | {
        "Content-Type": parameters["Content-Type"],
        "XroadVnpt-sign-header-key": ";".join(parameters),
        "XroadVnpt-sign-header": signed,
        "XroadVnpt-hash-header": hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest(),
        "XroadVnpt-version": "3.0.201608",
        "User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP",
    }


def timestamp(moment: datetime) -> str:
    """`ddMMyyyyTHHmmss+` and the milliseconds in four digits: it is not a time zone."""
    return f"{moment.astimezone(LOCAL_TIME):%d%m%YT%H%M%S}+{moment.microsecond // 1000:04d}"


class Endpoint:
    """Signed operations of one system id, under whatever path the endpoint has."""

    def __init__(self, http: HttpClient, system_id: str, secret: str, clock: Callable[[], datetime]) -> None:
        self._http = http
        self._system_id = system_id
        self._secret = secret
        self._clock = clock

    def call(self, operation: str, parameters: dict[str, str], body: bytes = b"") -> dict[str, Any]:
        """One operation, signed anew for every attempt.

        Raises SourceRefused on FAIL, SourceChanged on another shape.
        """
        if not all(text.isascii() for text in (self._system_id, *parameters.values())):
            raise SourceRefused("axis", f"{operation}: tham số có chữ ngoài ASCII nên không gửi được")
        answer = self._http.json("POST", operation, data=body, headers=partial(self._headers, parameters))
        if not isinstance(answer, dict) or not {"status", "ErrorCode"} & answer.keys():
            raise SourceChanged("axis", f"{operation}: câu trả lời không có status và ErrorCode")
        code = str(answer.get("ErrorCode") or "0")
        if str(answer.get("status") or "OK").upper() != "OK" or code != "0":
            told = fitting("code", code) or "không rõ"
            said = own_words.told(answer.get("ErrorDesc"), (self._secret,))
            # Not in `what`, which is kept with a packet that is not handed over.
            advice = f"Trục nói: {said}. {KEYS}" if said else KEYS
            raise SourceRefused("axis", f"{operation}: trục báo lỗi {told}", advice=advice)
        return answer

    def _headers(self, parameters: dict[str, str]) -> dict[str, str]:
        logical = {
            "systemid": self._system_id,
            **parameters,
            "timestamp": timestamp(self._clock()),
            "Content-Type": "application/json",
        }
        return signed_headers(logical, self._secret)

    def rows(self, operation: str, parameters: dict[str, str]) -> list[dict[str, Any]]:
        return rows_in(operation, self.call(operation, parameters))

    def __repr__(self) -> str:
        return f"Endpoint({self._http!r})"


def rows_in(operation: str, answer: dict[str, Any]) -> list[dict[str, Any]]:
    """What a list holds; nothing at all for no data. Raises SourceChanged on another shape."""
    rows = answer.get("data")
    if rows is None:
        return []
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceChanged("axis", f"{operation}: data không phải là danh sách")
    return rows
