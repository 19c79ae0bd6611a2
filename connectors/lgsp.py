"""LGSP, a province's service gateway (protocols E.2): keys go to a token address, a bearer token comes out.

Working clients send the keys with every request besides. `Authorization` is the gateway's; a source's own bearer stands
in `X-Authentication-Token`.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import msgspec

from connectors import own_words
from connectors.errors import SourceError, SourceRefused
from connectors.gateways import Gateway, Post, restated


KEYS = "Kiểm tra LGSP_ACCESS_KEY, LGSP_SECRET_KEY, LGSP_APP_NAME, LGSP_PARTNER_CODE với đơn vị quản lý LGSP."
ADDRESS = "Đề nghị đơn vị quản lý LGSP mở địa chỉ IP của máy này."
# Error bodies of NGSP in a 200, as Quảng Bình's guide names them: code, name, the status it should have had.
CODES = {
    "100": ("AUTHEN_ERROR", 401, "cổng LGSP không xác thực được", KEYS),
    "101": ("IP_DISALLOWED", 403, "cổng LGSP không cho địa chỉ của máy này", ADDRESS),
}
CODE_FIELDS = ("code", "error_code", "errorCode", "resultCode")
CONTENT_FIELDS = ("result", "data", "content")
WORD_FIELDS = ("message", "description", "error_description", "error_message", "errorMessage")
TOKEN_FIELDS = ("access_token", "token")
# An answer with content is longer.
MOST_OF_A_REFUSAL = 1 << 12


@dataclass
class Lgsp(Gateway):
    """`token_url`: the whole address that hands out tokens. One token, shared by every request that goes this way."""

    wire: str
    token_url: str
    access_key: str = field(repr=False)
    secret_key: str = field(repr=False)
    app_name: str
    partner_code: str
    partner_code_cus: str = ""
    name = "Cổng LGSP"
    takes_authorization = True
    _token: str = field(default="", init=False, repr=False)
    _refusal: SourceRefused | None = field(default=None, init=False, repr=False)
    _turn: Lock = field(default_factory=Lock, init=False, repr=False, compare=False)

    def headers(self, own: Mapping[str, str], post: Post) -> dict[str, str]:
        bearer = own.get("Authorization", "").removeprefix("Bearer ")
        moved = {"X-Authentication-Token": bearer} if bearer else {}
        return {**own, **moved, **self._keys(), "Authorization": f"Bearer {self._signed_on(post)}"}

    def has_renewed(self, sent: Mapping[str, str]) -> bool:
        """Of requests that are under way at once, the first that is refused does away with the token."""
        with self._turn:
            if sent.get("Authorization") == f"Bearer {self._token}":
                self._token = ""
        return True

    def refusal(self, body: bytes) -> tuple[str, int, str] | None:
        members = members_of(body)
        if any(members.get(name) for name in CONTENT_FIELDS):
            return None
        codes = {str(members[name]) for name in CODE_FIELDS if name in members}
        texts = [value for value in members.values() if isinstance(value, str)]
        for code, (name, status, what, advice) in CODES.items():
            if code in codes or any(name in text for text in texts):
                return f"{what} (mã {code} {name})", status, advice
        return None

    def told(self, error: SourceError, headers: Mapping[str, str]) -> SourceError:
        if error.status == 401:
            return restated(error, "cổng LGSP hoặc nguồn sau cổng không nhận token", KEYS)
        if error.status == 403:
            advice = (
                "Đề nghị đơn vị quản lý LGSP cấp quyền gọi dịch vụ này cho LGSP_PARTNER_CODE, "
                "hoặc mở địa chỉ IP của máy này."
            )
            return restated(error, "cổng LGSP hoặc nguồn sau cổng không cho gọi dịch vụ này", advice)
        if error.status == 429:
            advice = f"Giảm {self.wire}_RATE, hoặc đề nghị đơn vị quản lý LGSP nâng hạn mức."
            return restated(error, "vượt quá số yêu cầu mà cổng LGSP cho phép", advice)
        return error

    def _keys(self) -> dict[str, str]:
        told = {
            "AccessKey": self.access_key,
            "SecretKey": self.secret_key,
            "AppName": self.app_name,
            "PartnerCode": self.partner_code,
            "PartnerCodeCus": self.partner_code_cus,
        }
        text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
        return {"lgspaccesstoken": base64.b64encode(text.encode()).decode()}

    def _signed_on(self, post: Post) -> str:
        """Keys that were refused are not tried again in this run."""
        with self._turn:
            if self._refusal is not None:
                raise self._refusal
            if not self._token:
                self._token = self._asked_for_token(post)
            return self._token

    def _asked_for_token(self, post: Post) -> str:
        try:
            return token_in(post(self.token_url, self._keys(), {"grant_type": "client_credentials"}))
        except SourceRefused as error:
            self._refusal = error
            raise

    def at_its_own_address(self) -> "TokenAddress":
        return TokenAddress(self)

    def said(self, body: bytes) -> str:
        """The gateway's own words on a refused sign-on, without what we sent it; nobody's data pass there."""
        members = members_of(body)
        text = next((members[name] for name in WORD_FIELDS if members.get(name)), None)
        said = own_words.told(text, (self.access_key, self.secret_key, self._token))
        return f": {said}" if said else ""


@dataclass
class TokenAddress(Gateway):
    """Where LGSP is asked for a token: whoever is refused here, was refused by LGSP itself."""

    lgsp: Lgsp

    def refusal(self, body: bytes) -> tuple[str, int, str] | None:
        if members_of(body) and not token_in(members_of(body)):
            return self.lgsp.refusal(body) or ("cổng LGSP trả lời mà không có token", 401, KEYS)
        return None

    def told(self, error: SourceError, headers: Mapping[str, str]) -> SourceError:
        if error.status in (400, 401, 403):
            advice = f"{KEYS} {ADDRESS}" if error.status == 403 else KEYS
            return restated(error, f"cổng LGSP không cấp token{self.lgsp.said(error.body)}", advice)
        return self.lgsp.told(error, headers)


def members_of(body: bytes) -> dict[str, Any]:
    """The members of a short JSON object and of the objects right below it; nothing of anything else."""
    if len(body) > MOST_OF_A_REFUSAL or not body.lstrip().startswith(b"{"):
        return {}
    try:
        answer: dict[str, Any] = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}
    below = {name: value for part in answer.values() if isinstance(part, dict) for name, value in part.items()}
    return below | answer


def token_in(answer: Any) -> str:
    """Gateways differ: at the top, or in `data`; empty where there is none."""
    parts = (
        [part for part in (answer, answer.get("data")) if isinstance(part, dict)] if isinstance(answer, dict) else []
    )
    found = [part[name] for part in parts for name in TOKEN_FIELDS if isinstance(part.get(name), str)]
    return next(filter(None, found), "")
