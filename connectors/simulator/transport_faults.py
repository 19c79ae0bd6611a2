"""What can go wrong between the wire and a system, whatever is being asked: refusals, silence, noise.

Every fault is drawn from a seed and, unless it is one that lasts (an outage), happens a small number
of times and never twice running for the same question beyond a short burst, so that a client which
tries again comes to an end.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import ClassVar

from connectors.simulator.listener import CutOff
from connectors.simulator.wire import Request, Response


Onward = Callable[[Request], Response]
Note = Callable[[str], None]
SYSTEMS = frozenset({"axis", "portal", "sso", "tthc", "gateway"})

MAINTENANCE = """<!DOCTYPE html><html lang="vi"><head><title>Bảo trì hệ thống</title></head>
<body><h1>Hệ thống đang bảo trì</h1><p>Xin vui lòng quay lại sau.</p></body></html>""".encode()


class Occasions:
    """When a fault strikes: at seeded places in the row of requests it may strike, `times` times."""

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


class Fault:
    """One kind of trouble, standing before the systems it can befall."""

    systems: ClassVar[frozenset[str]] = SYSTEMS
    times: ClassVar[int] = 3
    spread: ClassVar[int] = 4
    # Seconds on the clock of whoever made the plan.
    clock: Callable[[], float] = staticmethod(time.monotonic)

    def __init__(self, occasions: Occasions, note: Note, wait: Callable[[float], object]) -> None:
        self.occasions = occasions
        self.note = note
        self.wait = wait

    def answer(self, request: Request, onward: Onward) -> Response:
        raise NotImplementedError


class RateLimit(Fault):
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


class ServerErrors(Fault):
    """Bursts of 5xx: the question is refused twice before it is answered."""

    _left = 0
    _struck = 0
    _codes = (503, 502, 500, 504)

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self._left and self.occasions.now():
            self._left = 2
        if not self._left:
            return onward(request)
        self._left -= 1
        code = self._codes[self._struck % len(self._codes)]
        self._struck += 1
        self.note(str(code))
        return Response(code, b'{"message":"upstream failed"}')


class Slow(Fault):
    """Answers that take their time."""

    times = 6

    def answer(self, request: Request, onward: Onward) -> Response:
        if self.occasions.now():
            self.note("slow answer")
            self.wait(0.4)
        return onward(request)


class Stall(Fault):
    """An answer that never comes: the server holds the line longer than a client should."""

    times = 1
    seconds = 75.0

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self.note("silence")
        self.wait(self.seconds)
        raise CutOff


class ConnectionReset(Fault):
    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self.note("connection reset")
        raise CutOff


class TruncatedJson(Fault):
    """A body that stops in the middle, under headers that swear it is whole."""

    def answer(self, request: Request, onward: Onward) -> Response:
        response = onward(request)
        if len(response.body) < 20 or not self.occasions.now():
            return response
        self.note("half of the body")
        return Response(response.status, response.body[: len(response.body) // 2], response.headers)


class HtmlPage(Fault):
    """The page of a maintenance window, with status 200."""

    def answer(self, request: Request, onward: Onward) -> Response:
        if not self.occasions.now():
            return onward(request)
        self.note("HTML page")
        return Response(200, MAINTENANCE, {"Content-Type": "text/html;charset=UTF-8"})


class Outage(Fault):
    """A source that is down and stays down."""

    systems = frozenset({"portal"})

    def answer(self, request: Request, onward: Onward) -> Response:
        self.note("down")
        return Response(503, MAINTENANCE, {"Content-Type": "text/html;charset=UTF-8"})
