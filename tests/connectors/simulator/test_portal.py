"""The iGate façade: what it hands out page by page, and what it refuses."""

import base64
import json
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from connectors.simulator.configuration import configured
from connectors.simulator.keycloak import TOKEN_PATHS, Keycloak
from connectors.simulator.portal import PortalFacade
from connectors.simulator.wire import Headers, Request, Response
from connectors.simulator.world import World


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


class Caller:
    """Asks the façade the way a client would, holding one token."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.keycloak = Keycloak("office", "secret", expires_in=300, clock=self.clock)
        self.portal = PortalFacade(World(dossiers=1_500), self.keycloak)
        self.token = json.loads(self.login("secret").body)["access_token"]

    def login(self, secret: str, path: str = TOKEN_PATHS[0]) -> Response:
        basic = base64.b64encode(f"office:{secret}".encode()).decode()
        headers = Headers({"Authorization": f"Basic {basic}"})
        body = b"grant_type=client_credentials"
        return self.keycloak.handle(Request("POST", path, {}, headers, body))

    def get(self, path: str, **query: object) -> Response:
        headers = Headers({"authorization": f"bearer {self.token}"})
        if path.endswith("/search"):
            query = {"remove_status": 0, **query}
        asked = {name.replace("_", "-"): [str(value)] for name, value in query.items()}
        return self.portal.handle(Request("GET", path, asked, headers))

    def json(self, path: str, **query: object):
        answer = self.get(path, **query)
        assert answer.status == 200, answer.body
        return json.loads(answer.body)

    def all_pages(self, path: str, **query: object) -> list[dict]:
        found, page = [], 0
        while True:
            answer = self.json(path, page=page, **query)
            found += answer["content"]
            if answer["last"]:
                return found
            page += 1


@pytest.fixture(scope="module")
def caller() -> Caller:
    return Caller()


def test_the_token_endpoint_answers_at_both_paths(caller: Caller):
    assert [caller.login("secret", path).status for path in TOKEN_PATHS] == [200, 200]
    assert caller.login("secret", "/realms/other/protocol/openid-connect/token").status == 404


def test_a_wrong_secret_is_refused(caller: Caller):
    assert caller.login("guess").status == 401


def test_no_token_a_forged_one_or_an_old_one_is_refused():
    caller = Caller()
    assert caller.get("/pa/dossier/search").status == 200
    genuine = caller.token
    for token in ("", "a.b.c", genuine[:-2] + "xx"):
        caller.token = token
        assert caller.get("/pa/dossier/search").status == 401
    caller.token = genuine
    caller.clock.now += 301
    assert caller.get("/pa/dossier/search").status == 401


@pytest.mark.parametrize("spec", ["page", "slice"])
def test_pages_hold_every_dossier_once_newest_change_first(caller: Caller, spec: str):
    found = caller.all_pages("/pa/dossier/search", size=50, spec=spec, sort="updatedDate,desc")
    assert len(found) == len({item["id"] for item in found}) == 1_500
    updated = [datetime.strptime(i["updatedDate"], "%Y-%m-%dT%H:%M:%S.%f%z") for i in found]
    assert updated == sorted(updated, reverse=True)


def test_a_slice_has_no_totals(caller: Caller):
    assert caller.json("/pa/dossier/search", spec="page")["totalElements"] == 1_500
    assert "totalElements" not in caller.json("/pa/dossier/search", spec="slice")


def test_windows_of_acceptance_meet_without_gap_or_overlap(caller: Caller):
    counts = [
        caller.json("/pa/dossier/search", accepted_from=begin, accepted_to=end)["totalElements"]
        for begin, end in (
            ("01/01/2025", "31/12/2025"),
            ("01/01/2025", "30/06/2025"),
            ("01/07/2025", "31/12/2025"),
        )
    ]
    assert counts[0] == counts[1] + counts[2] > 1_000
    one_day = caller.json("/pa/dossier/search", accepted_from="10/06/2025", accepted_to="10/06/2025", size=100)[
        "content"
    ]
    assert {_local_day(item["acceptedDate"]) for item in one_day} == {date(2025, 6, 10)}


def _local_day(text: str) -> date:
    parsed = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z")
    return (parsed.replace(tzinfo=None) - parsed.utcoffset() + timedelta(hours=7)).date()


def test_one_dossier_by_code_and_by_id(caller: Caller):
    item = caller.json("/pa/dossier/search", size=20)["content"][13]
    by_code = caller.json("/pa/dossier/search", code=item["code"])
    assert by_code["content"] == [item]
    assert caller.json(f"/pa/dossier/{item['id']}/--online")["code"] == item["code"]
    assert caller.json(f"/pa/dossier/{item['id']}/task") == item["task"]


def test_a_unit_sees_what_is_below_it(caller: Caller):
    agencies = caller.json("/ba/agency/name+code", size=2000)["content"]
    office = next(unit["id"] for unit in agencies if unit["code"] == "H19.02")
    found = caller.all_pages("/pa/dossier/search", size=200, ancestor_agency_id=office)
    assert {item["agency"]["name"] for item in found} >= {"Văn phòng UBND tỉnh", "Phòng Ngoại vụ"}
    children = caller.json("/ba/agency/--by-parent-id", parent_id=office)
    assert len(children) == 11
    assert caller.json(f"/ba/agency/{office}")["name"] == "Văn phòng UBND tỉnh"


def test_removed_dossiers_are_listed_unless_told_otherwise(caller: Caller):
    kept = {item["code"]: item for item in caller.all_pages("/pa/dossier/search", size=500)}
    everything = {item["code"]: item for item in caller.all_pages("/pa/dossier/search", size=500, remove_status="")}
    removed = {code: item for code, item in everything.items() if code not in kept}
    assert kept.items() < everything.items()
    assert len(removed) > 10
    assert {item["dossierStatus"]["id"] for item in removed.values()} == {18}
    assert 18 not in {item["dossierStatus"]["id"] for item in kept.values()}
    assert len({item["id"] for item in everything.values()}) == len(everything)


def test_a_status_can_be_asked_for(caller: Caller):
    kept = caller.all_pages("/pa/dossier/search", size=500)
    chosen = next(item["dossierTaskStatus"] for item in kept if item["dossierStatus"]["id"] == 8)
    found = caller.all_pages("/pa/dossier/search", size=500, task_status_id=chosen["id"])
    assert found == [item for item in kept if item.get("dossierTaskStatus", {}).get("id") == chosen["id"]]
    assert caller.json("/pa/dossier/search", task_status_id="nothing")["content"] == []
    withdrawn = caller.all_pages("/pa/dossier/search", size=500, dossier_status="16,17")
    assert withdrawn == [item for item in kept if item["dossierStatus"]["id"] in (16, 17)]


def test_procedures_are_listed_and_described(caller: Caller):
    listed = caller.all_pages("/bd/procedure/--can-apply", size=500)
    assert len({row["id"] for row in listed}) == len(configured(1_900, date(2025, 12, 31)))
    detail = caller.json(f"/bd/procedure/{listed[3]['id']}")
    assert detail["translate"][0]["name"] == listed[3]["name"]
    process = caller.json("/bd/procedure-process-definition", procedure_id=listed[3]["id"])
    assert len(process) == 1


def test_statistics_agree_with_the_dossiers(caller: Caller):
    rows = caller.json(
        "/pa/dossier-statistic/--statistic-agency-kgg",
        from_date="2025-03-01T00:00:00.000Z",
        to_date="2025-03-31T23:59:59.999Z",
    )
    found = caller.all_pages("/pa/dossier/search", size=200, accepted_from="01/03/2025", accepted_to="31/03/2025")
    by_agency = Counter(item["agency"]["id"] for item in found)
    shown = {row["agency"]["id"]: row["received"] for row in rows if row["received"]}
    # Records without a readable acceptance are in the counts but in no window of the list.
    assert sum(shown.values()) - sum(by_agency.values()) in range(3)
    assert set(by_agency) <= set(shown)
    for row in rows:
        assert row["received"] == row["receivedOnline"] + row["receivedDirect"]
        kinds = row["resolvedEarly"] + row["resolvedOnTime"] + row["resolvedOverdue"]
        assert row["resolved"] == kinds


def test_what_does_not_exist_or_cannot_be_read_is_refused(caller: Caller):
    assert caller.get("/pa/dossier/000000000000000000000000/--online").status == 404
    assert caller.get("/ba/agency/nobody").status == 404
    assert caller.get("/bd/procedure/nothing").status == 404
    assert caller.get("/pa/unknown").status == 404
    assert caller.get("/pa/dossier/search", page="first").status == 400
    assert caller.get("/pa/dossier/search", accepted_from="2025-01-01").status == 400
    assert caller.get("/pa/dossier/search", applicant_name="An").status == 400


def test_pages_prepared_in_advance_are_the_same_pages():
    caller = Caller()
    asked = {"size": 400, "spec": "page", "sort": "updatedDate,desc", "isAgencySearch": "true"}
    live = [caller.get("/pa/dossier/search", page=page, **asked).body for page in range(4)]
    assert caller.portal.prerender(400) == 4
    assert [caller.get("/pa/dossier/search", page=page, **asked).body for page in range(4)] == live
    window = caller.json("/pa/dossier/search", accepted_from="01/07/2025", **asked)
    assert window["totalElements"] < 1_500
