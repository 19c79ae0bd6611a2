"""Sources that let themselves be asked so often and no more: 429, with a word on how long to wait and without."""

from __future__ import annotations

from typing import ClassVar

from connectors.simulator.transport_faults import Fault, Onward
from connectors.simulator.wire import Request, Response


class RateFault(Fault):
    """Before the portal; it lasts."""

    systems = frozenset({"portal"})
    headers: ClassVar[dict[str, str]] = {}

    def answer(self, request: Request, onward: Onward) -> Response:
        if self.lets_through():
            return onward(request)
        self.note("429")
        return Response(429, b'{"message":"Too Many Requests"}', dict(self.headers))

    def lets_through(self) -> bool:
        raise NotImplementedError


class TwoASecond(RateFault):
    """A bucket of five requests that fills with two a second."""

    rate, most = 2.0, 5.0
    _left = most
    _seen_at: float | None = None

    def lets_through(self) -> bool:
        now = self.clock()
        passed = 0.0 if self._seen_at is None else now - self._seen_at
        self._left, self._seen_at = min(self.most, self._left + passed * self.rate), now
        if self._left < 1:
            return False
        self._left -= 1
        return True


class TwoASecondTold(TwoASecond):
    headers: ClassVar[dict[str, str]] = {"Retry-After": "1"}


class OneInFour(RateFault):
    """However long one waits."""

    _asked = 0

    def lets_through(self) -> bool:
        self._asked += 1
        return self._asked % 4 == 0


class MinuteOff(RateFault):
    """After every ten requests a minute of rest."""

    headers: ClassVar[dict[str, str]] = {"Retry-After": "60"}
    every = 10
    _asked = 0

    def lets_through(self) -> bool:
        self._asked += 1
        return self._asked % self.every != 0


class HourOff(MinuteOff):
    headers: ClassVar[dict[str, str]] = {"Retry-After": "3600"}
    every = 12


RATES: dict[str, type[Fault]] = {
    "two_a_second": TwoASecond,
    "two_a_second_told": TwoASecondTold,
    "one_in_four": OneInFour,
    "minute_off": MinuteOff,
    "hour_off": HourOff,
}
