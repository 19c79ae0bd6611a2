"""What can go wrong between the wire and a system, whatever is being asked: refusals, silence, noise.

Every mishap is drawn from a seed and, unless it is one that lasts (an outage), happens a small number
of times and never twice running for the same question beyond a short burst, so that a client which
tries again comes to an end.
"""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any, ClassVar

from .listener import CutOff
from .wire import Request, Response

Onward = Callable[[Request], Response]
Note = Callable[[str], None]
SYSTEMS = frozenset({"axis", "portal", "sso", "tthc", "gateway"})

MAINTENANCE = """<!DOCTYPE html><html lang="vi"><head><title>Bảo trì hệ thống</title></head>
<body><h1>Hệ thống đang bảo trì</h1><p>Xin vui lòng quay lại sau.</p></body></html>""".encode()


class Occasions:
    """When a mishap strikes: at seeded places in the row of requests it may strike, `times` times."""

    def __init__(self, seed: int, times: int, spread: int) -> None:
        dice = random.Random(seed)
        steps = [dice.randint(1, spread)]
        # A gap of at least two leaves the repeated question answered.
        steps += [dice.randint(2, spread + 1) for _ in range(times - 1)]
        self._due = {sum(steps[: place + 1]) for place in range(times)}
        self._seen = 0
        self._lock = threading.Lock()

    def now(self) -> bool:
        with self._lock:
            self._seen += 1
            return self._seen in self._due


class Mishap:
    """One kind of trouble, standing before the systems it can befall."""

    systems: ClassVar[frozenset[str]] = SYSTEMS
    times: ClassVar[int] = 3
    spread: ClassVar[int] = 4

    def __init__(self, occasions: Occasions, note: Note, wait: Callable[[float], object]) -> None:
        self.occasions = occasions
        self.note = note
        self.wait = wait

    def answer(self, request: Request, onward: Onward) -> Response:
        raise NotImplementedError


class RateLimit(Mishap):
    """429 with `Retry-After`, in seconds and as a date in turn."""

    _struck = 0

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self._struck += 1
        at = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
        after = "1" if self._struck % 2 else at
        self.note(f"429, Retry-After: {after}")
        return Response(429, b'{"message":"Too Many Requests"}', {"Retry-After": after})


class ServerErrors(Mishap):
    """Bursts of 5xx: the question is refused twice before it is answered."""

    _left = 0
    _codes = (503, 502, 500, 504)

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self._left and self.occasions.now():
            self._left = 2
        if not self._left:
            return onward(request)
        self._left -= 1
        code = self._codes[len(request.path) % len(self._codes)]
        self.note(str(code))
        return Response(code, b'{"message":"upstream failed"}')


class Slow(Mishap):
    """Answers that take their time."""

    times = 6

    def answer(self, request: Request, onward: Onward) -> Response:
        if self.occasions.now():
            self.note("slow answer")
            self.wait(0.4)
        return onward(request)


class Stall(Mishap):
    """An answer that never comes: the server holds the line longer than a client should."""

    times = 1
    seconds = 75.0

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self.note("silence")
        self.wait(self.seconds)
        raise CutOff


class ConnectionReset(Mishap):
    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self.note("connection reset")
        raise CutOff


class TruncatedJson(Mishap):
    """A body that stops in the middle, under headers that swear it is whole."""

    def answer(self, request: Request, onward: Onward) -> Response:
        response = onward(request)
        if len(response.body) < 20 or not self.occasions.now():
            return response
        self.note("half of the body")
        return Response(response.status, response.body[: len(response.body) // 2], response.headers)


class HtmlPage(Mishap):
    """The page of a maintenance window, with status 200."""

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self.note("HTML page")
        return Response(200, MAINTENANCE, {"Content-Type": "text/html;charset=UTF-8"})


class Outage(Mishap):
    """A source that is down and stays down."""

    systems = frozenset({"portal"})

    def answer(self, request: Request, onward: Onward) -> Response:
        self.note("down")
        return Response(503, MAINTENANCE, {"Content-Type": "text/html;charset=UTF-8"})


class RefusedLogin(Mishap):
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


class TokenExpiry(Mishap):
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
        refusal = (
            'Bearer realm="digo", error="invalid_token", error_description="Token is not active"'
        )
        return Response(401, b'{"error":"invalid_token"}', {"WWW-Authenticate": refusal})

    def _short_lived(self, response: Response) -> Response:
        # A façade may hand out the same text again; a fetched token is a living one.
        self._dead.clear()
        if response.status != 200:
            return response
        answer = json.loads(response.body) | {"expires_in": self.seconds}
        return Response(200, json.dumps(answer).encode(), response.headers)


class SessionExpiry(Mishap):
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
