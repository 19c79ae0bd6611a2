"""All systems on one loopback port, told apart by the beginning of the path."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.utils import formatdate
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from connectors.simulator import axis, ground_truth, lgsp, profiles, tthc, xroad
from connectors.simulator.axis import AxisFacade
from connectors.simulator.faults import FaultPlan, system_of
from connectors.simulator.gateway import GatewayFacade
from connectors.simulator.keycloak import Keycloak
from connectors.simulator.lgsp import Lgsp
from connectors.simulator.listener import Listener
from connectors.simulator.portal import PortalFacade
from connectors.simulator.profiles import DEFAULT, PROFILES, Profile
from connectors.simulator.registers import workbooks
from connectors.simulator.tthc import TthcFacade
from connectors.simulator.wire import Facade, Request, Response
from connectors.simulator.world import World
from connectors.simulator.xroad import SecurityServer


CLIENT_ID, CLIENT_SECRET = "mtcl-dong-nai", "simulator-client-secret"
PSEUDONYM_KEY = "simulator-pseudonym-key-not-a-secret"


class Simulator:
    """The three source systems, for as long as the `with` block lasts.

    `world` and `faults` may be replaced while it runs: moving `world.today` is how a day passes. `registers` is the
    folder of the rooms' workbooks. `profile`: the generation of systems that it stands for.
    `requests` counts what was asked, by path.
    """

    def __init__(
        self,
        world: World | None = None,
        faults: str | FaultPlan = "none",
        *,
        port: int = 0,
        packets: Path | None = None,
        gateway_rows: Mapping[str, Sequence[Mapping[str, str]]] | None = None,
        registers: Path | None = None,
        profile: Profile = PROFILES[DEFAULT],
    ) -> None:
        self.requests: Counter[str] = Counter()
        self._registers = registers
        self.profile = profile
        self._habits = FaultPlan(profile.faults)
        self._faults = faults if isinstance(faults, FaultPlan) else FaultPlan(faults)
        self._extends = (world or World()).extends_appointments
        self._world = self._as_planned(world or World())
        self.axis = AxisFacade(lambda: self.world, packets)
        self.keycloak = Keycloak(CLIENT_ID, CLIENT_SECRET, person=profile.person)
        self.portal = PortalFacade(self._world, self.keycloak)
        self.tthc = TthcFacade(lambda: self.world)
        self.gateway = GatewayFacade(lambda: self.world, gateway_rows or {})
        self._gateways: dict[str, Lgsp | SecurityServer] = {"lgsp": Lgsp(), "xroad": SecurityServer()}
        self._counting = threading.Lock()
        self._port = port
        self._listener: Listener | None = None
        self._keep_registers()

    @property
    def faults(self) -> FaultPlan:
        return self._faults

    @faults.setter
    def faults(self, plan: str | FaultPlan) -> None:
        before, self._faults = self._faults, plan if isinstance(plan, FaultPlan) else FaultPlan(plan)
        self._world = self.portal.world = self._as_planned(self._world)
        if before.register_traps or self._faults.register_traps:
            self._keep_registers()

    @property
    def world(self) -> World:
        return self._world

    @world.setter
    def world(self, world: World) -> None:
        self._world = self.portal.world = self._as_planned(world)
        self._keep_registers()

    def _as_planned(self, world: World) -> World:
        """A plan may change what the world shows, not only how it answers."""
        return replace(world, extends_appointments=self._extends or self._faults.extends_appointments)

    def _keep_registers(self) -> None:
        """The rooms write down what the day brought, where they keep registers at all."""
        if self._registers:
            workbooks.write(self._world, self._registers, self._faults.rewrite_register)

    @property
    def url(self) -> str:
        if self._listener is None:
            raise RuntimeError("the simulator is not running")
        return f"http://127.0.0.1:{self._listener.port}"

    @property
    def environment(self) -> dict[str, str]:
        """The settings that point the pipeline here (contract §2)."""
        direct = self._direct | profiles.environment(self.profile)
        if self.profile.gateway == "lgsp":
            return lgsp.environment(direct, self.url)
        return xroad.environment(direct) if self.profile.gateway == "xroad" else direct

    @property
    def _direct(self) -> dict[str, str]:
        return {
            "MTCL_ORG_CODE": "H19",
            "AXIS_URL": f"{self.url}/axis",
            "AXIS_SYSTEM_ID": axis.SYSTEM_ID,
            "AXIS_SECRET": axis.SECRET,
            "PORTAL_URL": f"{self.url}/portal",
            "PORTAL_SSO_URL": self.url,
            "PORTAL_CLIENT_ID": CLIENT_ID,
            "PORTAL_CLIENT_SECRET": CLIENT_SECRET,
            "TTHC_URL": f"{self.url}/tthc/XrdAdapter/RestService/forward",
            "TTHC_USERNAME": tthc.USERNAME,
            "TTHC_PASSWORD": tthc.PASSWORD,
            "TTHC_UNIT_CODE": tthc.UNIT_CODE,
            "TTHC_DSTCODE": tthc.DSTCODE,
            "TTHC_PUBLIC_URL": f"{self.url}/jsp/rest.jsp",
            "SCORES_URL": f"{self.url}/jsp/rest.jsp",
            "PSEUDONYM_KEY": PSEUDONYM_KEY,
            **({"REGISTERS_DIR": str(self._registers)} if self._registers else {}),
        }

    def start(self) -> Self:
        self._listener = Listener(self._port, self._answer)
        threading.Thread(target=self._listener.serve, name="simulator", daemon=True).start()
        return self

    def stop(self) -> None:
        self._faults.release()
        self._habits.release()
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _answer(self, request: Request) -> Response:
        with self._counting:
            self.requests[request.path] += 1
        if request.path.startswith("/_simulator/"):
            return self._about_itself(request)
        gateway = self._gateways.get(self.profile.gateway)
        answer = gateway.handle(request, self._troubled) if gateway else self._troubled(request)
        if self.world.today > date.today():
            # A new answer: some are kept, and given again by other worlds.
            return replace(answer, headers={"Date": self._evening()} | answer.headers)
        return answer

    def _evening(self) -> str:
        """The clock of systems in a world whose day is still to come; of a day that has passed nobody asks it."""
        evening = datetime.combine(self.world.today, time(13), UTC)
        return formatdate(evening.timestamp(), usegmt=True)

    def _troubled(self, request: Request) -> Response:
        return self._faults.answer(request, lambda passed: self._habits.answer(passed, self._system_answer))

    def _system_answer(self, request: Request) -> Response:
        system = system_of(request.path)
        if system == "portal":
            request = replace(request, path=request.path.removeprefix("/portal"))
        systems: dict[str, Facade] = {
            "axis": self.axis,
            "portal": self.portal,
            "sso": self.keycloak,
            "tthc": self.tthc,
            "gateway": self.gateway,
        }
        return systems[system].handle(request)

    def _about_itself(self, request: Request) -> Response:
        if request.path == "/_simulator/truth":
            try:
                closing = date.fromisoformat(request.first("closing_date", str(self.world.today)))
            except ValueError:
                return Response(400, b'{"message":"closing_date must be YYYY-MM-DD"}')
            return _json(ground_truth.headline(self.world, closing, has_registers=bool(self._registers)))
        if request.path == "/_simulator/info":
            history = [vars(happening) for happening in self._faults.history]
            return _json(
                {
                    "today": str(self.world.today),
                    "seed": self.world.seed,
                    "dossiers": self.world.dossiers,
                    "documents": self.world.documents,
                    "procedures": self.world.procedures,
                    "is_drained": self.world.is_drained,
                    "faults": {"plan": self._faults.name, "history": history},
                    "environment": self.environment,
                    "requests": dict(self.requests),
                }
            )
        return Response(404)


def _json(answer: Any) -> Response:
    return Response(200, json.dumps(answer, ensure_ascii=False).encode())
