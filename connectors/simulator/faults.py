"""Fault plans by name: `rate_limit`, `shifting_pages+session_expiry`, `outage@axis`.

Names are joined by `+`; a name may be kept to one system with `@axis`, `@portal`, `@sso`, `@tthc` or
`@gateway`. A plan remembers what it did, so that a test or a trainer can tell what the client survived.
"""

from __future__ import annotations

import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from connectors.simulator import authentication_faults, paging_faults, payload_faults, transport_faults
from connectors.simulator.appointments import ExtendedAppointments
from connectors.simulator.list_habits import HABITS
from connectors.simulator.rate_faults import RATES
from connectors.simulator.transport_faults import Fault, Occasions, Onward
from connectors.simulator.traps import TRAPS
from connectors.simulator.traps.registers import RegisterTrap
from connectors.simulator.wire import Request, Response


FAULTS: dict[str, type[Fault]] = {
    "rate_limit": transport_faults.RateLimit,
    "server_errors": transport_faults.ServerErrors,
    "slow": transport_faults.Slow,
    "stall": transport_faults.Stall,
    "truncated_json": transport_faults.TruncatedJson,
    "html_page": transport_faults.HtmlPage,
    "connection_reset": transport_faults.ConnectionReset,
    "token_expiry": authentication_faults.TokenExpiry,
    "session_expiry": authentication_faults.SessionExpiry,
    "refused_login": authentication_faults.RefusedLogin,
    "outage": transport_faults.Outage,
    "shifting_pages": paging_faults.ShiftingPages,
    "last_missing": paging_faults.LastMissing,
    "duplicate_page": paging_faults.DuplicatePage,
    "unstable_ties": paging_faults.UnstableTies,
    "amount_drift": paging_faults.AmountDrift,
    "added_field": payload_faults.AddedField,
    "removed_field": payload_faults.RemovedField,
    "retyped_field": payload_faults.RetypedField,
    "changed_envelope": payload_faults.ChangedEnvelope,
    "string_error_code": payload_faults.StringErrorCode,
    "json_in_string": payload_faults.JsonInString,
    "wrong_content_type": payload_faults.WrongContentType,
    "duplicate_delivery": payload_faults.DuplicateDelivery,
    "national_gap": payload_faults.NationalGap,
    "truncated_base64": payload_faults.TruncatedBase64,
    "extended_appointments": ExtendedAppointments,
    **HABITS,
    **RATES,
    **TRAPS,
}
NONE = "none"


@dataclass(frozen=True)
class Happening:
    """One thing a plan did to one request."""

    fault: str
    system: str
    path: str
    what: str


@dataclass(frozen=True)
class _Installed:
    name: str
    systems: frozenset[str]
    fault: Fault


def system_of(path: str) -> str:
    """The system a path belongs to; the axis answers under any prefix, as in the provinces."""
    head = path.split("/", 2)[1]
    named = {"portal": "portal", "auth": "sso", "realms": "sso", "tthc": "tthc", "jsp": "gateway"}
    return named.get(head, "simulator" if head == "_simulator" else "axis")


class FaultPlan:
    """What will go wrong, and what did. An unknown name is refused, with the names there are."""

    def __init__(
        self,
        name: str = NONE,
        *,
        seed: int = 7,
        times: int | None = None,
        longest_wait: float = 75.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._clock = clock
        self.history: list[Happening] = []
        self._seed = seed
        self._times = times
        self._longest_wait = longest_wait
        self._woken = threading.Event()
        self._here = threading.local()
        self._installed = [self._install(part) for part in name.split("+") if part and part != NONE]

    def answer(self, request: Request, system: Onward) -> Response:
        """The system's answer, with whatever the plan puts between."""
        name = system_of(request.path)
        onward = system
        for installed in reversed(self._installed):
            if name in installed.systems:
                onward = partial(self._through, installed, name, onward)
        return onward(request)

    def rewrite_register(self, register: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The rows of a register as the rooms write them under this plan."""
        self._here.request = ("registers", register)
        for trap in self.register_traps:
            rows = trap.rewrite(register, rows)
        return rows

    @property
    def register_traps(self) -> list[RegisterTrap]:
        return [one.fault for one in self._installed if isinstance(one.fault, RegisterTrap)]

    @property
    def extends_appointments(self) -> bool:
        return any(isinstance(one.fault, ExtendedAppointments) for one in self._installed)

    def release(self) -> None:
        """Let go of every request that is being held back: the server is closing."""
        self._woken.set()

    def _through(self, one: _Installed, system: str, onward: Onward, request: Request) -> Response:
        self._here.request = (system, request.path)
        return one.fault.answer(request, onward)

    def _install(self, part: str) -> _Installed:
        name, _, only = part.partition("@")
        if name not in FAULTS or (only and only not in transport_faults.SYSTEMS):
            known = ", ".join(sorted(FAULTS))
            raise ValueError(f"no fault plan is called {part!r}; there are: {NONE}, {known}")
        kind = FAULTS[name]
        seed = zlib.crc32(f"{self._seed}/{part}".encode())
        occasions = Occasions(seed, self._times or kind.times, kind.spread)
        fault = kind(occasions, self._note(name), self._wait)
        fault.clock = self._clock
        return _Installed(name, frozenset({only}) if only else kind.systems, fault)

    def _wait(self, seconds: float) -> None:
        self._woken.wait(min(seconds, self._longest_wait))

    def _note(self, fault: str) -> Callable[[str], None]:
        def note(what: str) -> None:
            system, path = self._here.request
            self.history.append(Happening(fault, system, path, what))

        return note
