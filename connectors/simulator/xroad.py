"""A security server of X-Road before all systems (protocols E.2): who asks in a header, what is asked in the path."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from connectors.simulator.transport_faults import Onward
from connectors.simulator.wire import Request, Response


PREFIX = "/r1/"
CLIENT = "VN/GOV/H19/mtcl"
# Service that may be called → the beginnings of the paths behind it.
SERVICES = {
    "AXIS": ("VN/GOV/H19/truc/vxp", ("/axis/",)),
    "PORTAL": ("VN/GOV/H19/motcua/igate", ("/portal/",)),
    "PORTAL_SSO": ("VN/GOV/H19/motcua/sso", ("/auth/", "/realms/")),
    "TTHC": ("VN/GOV/G09/tthc/mapi", ("/tthc/",)),
    "TTHC_PUBLIC": ("VN/GOV/G09/cong/rest", ("/jsp/",)),
    "SCORES": ("VN/GOV/G09/cong/diem", ("/jsp/",)),
}
OFFERED = dict(SERVICES.values())
# Instance, class, member, subsystem; a service has its code besides.
PARTS_OF_A_CLIENT, PARTS_OF_A_SERVICE = (3, 4), 5


class SecurityServer:
    """Every request names a registered client that may call the service; no way leads around it."""

    def handle(self, request: Request, onward: Onward) -> Response:
        client = request.headers.get("X-Road-Client")
        if not request.path.startswith(PREFIX):
            return refused(400, "Client.BadRequest")
        if len(client.split("/")) not in PARTS_OF_A_CLIENT or not all(client.split("/")):
            return refused(400, "Client.InvalidClientIdentifier")
        parts = request.path.removeprefix(PREFIX).split("/", PARTS_OF_A_SERVICE)
        if len(parts) < PARTS_OF_A_SERVICE or not all(parts[:PARTS_OF_A_SERVICE]):
            return refused(400, "Client.InvalidServiceIdentifier")
        service, path = "/".join(parts[:PARTS_OF_A_SERVICE]), "/" + "".join(parts[PARTS_OF_A_SERVICE:])
        if client.split("/")[:3] != CLIENT.split("/")[:3]:
            return refused(500, "Server.ClientProxy.UnknownMember")
        if client != CLIENT:
            return refused(500, "Server.ServerProxy.AccessDenied")
        if service not in OFFERED:
            return refused(500, "Server.ServerProxy.UnknownService")
        if not path.startswith(OFFERED[service]):
            return Response(404)
        answer = onward(replace(request, path=path))
        return replace(answer, headers=answer.headers | {"x-road-id": secrets.token_hex(8), "x-road-service": service})


def refused(status: int, kind: str) -> Response:
    """As its REST protocol tells its own errors: in the body, and by a header that no system behind it sends."""
    body = json.dumps({"type": kind, "message": "Request rejected", "detail": secrets.token_hex(8)}).encode()
    return Response(status, body, {"Content-Type": "application/json", "X-Road-Error": kind})


def environment(settings: dict[str, str]) -> dict[str, str]:
    """The same systems by way of the security server, which stands at the same address (contract §2)."""
    return settings | {
        **{f"{wire}_GATEWAY": "xroad" for wire in SERVICES},
        **{f"XROAD_SERVICE_{wire}": service for wire, (service, _) in SERVICES.items()},
        "XROAD_CLIENT": CLIENT,
    }
