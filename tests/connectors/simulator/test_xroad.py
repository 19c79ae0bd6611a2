"""The security server of the simulator lets nobody by who does not say who he is and what he asks."""

from collections.abc import Iterator

import pytest
import requests

from connectors.axis import Axis
from connectors.errors import SourceError
from connectors.http import HttpClient
from connectors.simulator.profiles import PROFILES
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from connectors.transport_settings import transport


CLIENT = {"X-Road-Client": "VN/GOV/H19/mtcl"}
AXIS = "/r1/VN/GOV/H19/truc/vxp"


@pytest.fixture(scope="module")
def behind() -> Iterator[Simulator]:
    with Simulator(World(dossiers=10, documents=10, procedures=5), profile=PROFILES["xroad"]) as simulator:
        yield simulator


@pytest.mark.parametrize(
    ("path", "headers", "status", "kind"),
    [
        ("/axis/countReceiveEdoc", CLIENT, 400, "Client.BadRequest"),
        (f"{AXIS}/axis/countReceiveEdoc", {}, 400, "Client.InvalidClientIdentifier"),
        (f"{AXIS}/axis/countReceiveEdoc", {"X-Road-Client": "VN:GOV:H19"}, 400, "Client.InvalidClientIdentifier"),
        (f"{AXIS}/axis/x", {"X-Road-Client": "VN/GOV/H99/mtcl"}, 500, "Server.ClientProxy.UnknownMember"),
        (f"{AXIS}/axis/x", {"X-Road-Client": "VN/GOV/H19/khac"}, 500, "Server.ServerProxy.AccessDenied"),
        ("/r1/VN/GOV/H19/truc/khac/axis/x", CLIENT, 500, "Server.ServerProxy.UnknownService"),
        ("/r1/VN/GOV/H19/truc", CLIENT, 400, "Client.InvalidServiceIdentifier"),
        (f"{AXIS}/portal/pa/dossier/search", CLIENT, 404, None),
    ],
)
def test_whoever_does_not_keep_to_the_protocol_is_refused(
    behind: Simulator, path: str, headers: dict[str, str], status: int, kind: str | None
) -> None:
    answer = requests.post(behind.url + path, headers=headers, timeout=5)
    assert (answer.status_code, answer.headers.get("X-Road-Error")) == (status, kind)


def axis_of(simulator: Simulator, **wrong: str) -> Axis:
    given = simulator.environment | wrong
    client = HttpClient(given["AXIS_URL"], source="axis", transport=transport("AXIS", given), sleep=lambda _: None)
    return Axis(client, given["AXIS_SYSTEM_ID"], given["AXIS_SECRET"])


def test_its_settings_lead_to_the_system_behind_it(behind: Simulator) -> None:
    assert [record for page in axis_of(behind).sent() for record in page.records]
    assert set(behind.requests) >= {f"{AXIS}/axis/getSentEdocList"}


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"XROAD_CLIENT": "VN/GOV/H19/khac"}, "AccessDenied.*cấp quyền cho XROAD_CLIENT"),
        ({"XROAD_SERVICE_AXIS": "VN/GOV/H19/truc/khac"}, "UnknownService.*XROAD_SERVICE_AXIS"),
        ({"AXIS_GATEWAY": "none"}, "mã HTTP 400"),
    ],
)
def test_a_wrong_identifier_is_told_as_the_security_server_s(
    behind: Simulator, wrong: dict[str, str], words: str
) -> None:
    with pytest.raises(SourceError, match=words):
        list(axis_of(behind, **wrong).sent())
