"""What can go wrong with being let in: refused credentials, dying tokens, ending sessions."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from connectors.simulator.transport_faults import Fault, Note, Occasions, Onward
from connectors.simulator.wire import Request, Response


class RefusedLogin(Fault):
    """Credentials that are not accepted any more, in each system's own words; it lasts."""

    systems = frozenset({"axis", "sso", "tthc"})

    def answer(self, request: Request, onward: Onward) -> Response:
        if "/openid-connect/" in request.path:
            return self._refuse({"error": "unauthorized_client"}, status=401)
        if request.path.endswith("mapi/login"):
            return self._refuse({"error_code": 1, "message": "Sai tên đăng nhập hoặc mật khẩu"})
        if request.headers.get("xroadvnpt-systemid"):
            text = "Chu ky khong hop le"
            return self._refuse({"status": "FAIL", "ErrorCode": "401", "ErrorDesc": text})
        return onward(request)

    def _refuse(self, answer: dict[str, Any], status: int = 200) -> Response:
        self.note("login refused")
        return Response(status, json.dumps(answer, ensure_ascii=False).encode())


class TokenExpiry(Fault):
    """Tokens that live briefly and die in the middle of a run, until a new one is fetched."""

    systems = frozenset({"portal", "sso"})
    seconds = 45

    def __init__(self, occasions: Occasions, note: Note, wait: Callable[[float], object]) -> None:
        super().__init__(occasions, note, wait)
        self._dead: set[str] = set()

    def answer(self, request: Request, onward: Onward) -> Response:
        if "/openid-connect/" in request.path:
            return self._short_lived(onward(request))
        token = request.headers.get("authorization")
        if self.occasions.now():
            self._dead.add(token)
        if token not in self._dead:
            return onward(request)
        self.note("token expired")
        refusal = 'Bearer realm="digo", error="invalid_token", error_description="Token is not active"'
        return Response(401, b'{"error":"invalid_token"}', {"WWW-Authenticate": refusal})

    def _short_lived(self, response: Response) -> Response:
        # A façade may hand out the same text again; a fetched token is a living one.
        self._dead.clear()
        if response.status != 200:
            return response
        answer = json.loads(response.body) | {"expires_in": self.seconds}
        return Response(200, json.dumps(answer).encode(), response.headers)


class SessionExpiry(Fault):
    """National sessions that end in the middle of a run, until the next login."""

    systems = frozenset({"tthc"})
    _ended = False

    def answer(self, request: Request, onward: Onward) -> Response:
        if request.path.endswith("mapi/login"):
            self._ended = False
            return onward(request)
        if self.occasions.now():
            self._ended = True
        if not self._ended:
            return onward(request)
        self.note("session expired")
        text = "Phiên làm việc đã hết hạn, vui lòng đăng nhập lại"
        return Response(200, json.dumps({"error_code": 5, "message": text}).encode())
