"""The sign-on of the simulator as our own connector meets it: a client with its secret, or a person, and no other."""

from collections.abc import Iterator
from datetime import date

import pytest

from connectors.errors import SourceRefused
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.patience import RetryBudget
from connectors.simulator.profiles import PROFILES, Profile
from connectors.simulator.server import CLIENT_ID, CLIENT_SECRET, Simulator
from connectors.simulator.world import World


WORLD = World(dossiers=20, documents=1, procedures=1, today=date(2025, 6, 30))
ANNA = ("anna", "một mật khẩu")


@pytest.fixture(scope="module")
def of_people() -> Iterator[Simulator]:
    with Simulator(WORLD, profile=Profile(person=ANNA)) as running:
        yield running


def signed_on(simulator: Simulator, secret: str = "", **given: str) -> dict[str, str]:
    http = HttpClient(simulator.url, source="portal", budget=RetryBudget(1))
    return Keycloak(http, CLIENT_ID, secret, **given).headers()


def test_a_person_signs_on_and_is_let_in(of_people: Simulator) -> None:
    headers = signed_on(of_people, username=ANNA[0], password=ANNA[1])
    asked = HttpClient(of_people.url, source="portal", budget=RetryBudget(1))
    assert asked.json("GET", "portal/pa/dossier/search", params={"page": "0", "size": "1"}, headers=headers)["content"]


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"username": "anna", "password": "ein anderes"}, "Invalid user credentials"),
        ({}, "Unsupported grant_type"),
    ],
)
def test_nobody_else_does(of_people: Simulator, given: dict[str, str], says: str) -> None:
    with pytest.raises(SourceRefused, match=says):
        signed_on(of_people, **given)


def test_a_token_of_a_person_is_refreshed_without_the_password(of_people: Simulator) -> None:
    clock = [0.0]
    http = HttpClient(of_people.url, source="portal", budget=RetryBudget(1))
    sign_on = Keycloak(http, CLIENT_ID, username=ANNA[0], password=ANNA[1], monotonic=lambda: clock[0])
    first = sign_on.headers()
    of_people.keycloak.person = ("anna", "changed meanwhile")
    clock[0] = 10_000.0
    assert sign_on.headers() != first
    of_people.keycloak.person = ANNA


def test_a_person_is_nobody_where_clients_sign_on() -> None:
    with Simulator(WORLD) as strict, pytest.raises(SourceRefused, match="Unsupported grant_type"):
        signed_on(strict, CLIENT_SECRET, username=ANNA[0], password=ANNA[1])


def test_a_generation_signs_on_as_its_settings_say() -> None:
    generation = PROFILES["igate-2024"]
    assert generation.person
    with Simulator(WORLD, profile=generation) as running:
        settings = running.environment
        assert settings["PORTAL_GRANT"] == "password"
        assert signed_on(running, username=settings["PORTAL_USERNAME"], password=settings["PORTAL_PASSWORD"])
