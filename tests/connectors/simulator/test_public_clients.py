"""What public clients of these systems send, in our words (protocols E.1 to E.4): each is answered as it would be."""

import base64
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import requests

from connectors.simulator import lgsp, tthc
from connectors.simulator.profiles import PROFILES
from connectors.simulator.server import Simulator
from connectors.simulator.world import World


WORLD = World(dossiers=60, documents=10, procedures=40)


@pytest.fixture(scope="module")
def province() -> Iterator[Simulator]:
    """Where a person signs on, as in Tuyên Quang."""
    with Simulator(WORLD, profile=PROFILES["igate-2024"]) as running:
        yield running


@pytest.fixture(scope="module")
def signed_on(province: Simulator) -> dict[str, str]:
    given = province.environment
    form = {
        "grant_type": "password",
        "client_id": given["PORTAL_CLIENT_ID"],
        "username": given["PORTAL_USERNAME"],
        "password": given["PORTAL_PASSWORD"],
    }
    url = f"{province.url}/realms/digo/protocol/openid-connect/token"
    return {"Authorization": f"bearer {requests.post(url, data=form, timeout=5).json()['access_token']}"}


@pytest.mark.parametrize("removed", ["0", "18"])
@pytest.mark.parametrize("more", [{}, {"task-status-id": ""}, {"sort": "appointmentDate,asc"}])
def test_igate_is_searched_with_what_its_clients_send(
    province: Simulator, signed_on: dict[str, str], removed: str, more: dict[str, str]
) -> None:
    asked = {"page": "0", "size": "15", "spec": "page", "isAgencySearch": "true", "remove-status": removed, **more}
    url = f"{province.environment['PORTAL_URL']}/pa/dossier/search"
    answer = requests.get(url, params={**asked, "ancestor-agency-id": ""}, headers=signed_on, timeout=5)
    assert (answer.status_code, len(answer.json()["content"])) == (200, 15)


PERIOD = {"p_nam": "2025", "p_thang": "10", "p_tinh_id": "426101"}
PAGE = {"recordPerPage": 10, "pageIndex": 1}
SCORES = {"p_xa_id": "0", "p_6thang": 0, "p_quy": 0, "p_default": 0, "loaichitieu": 0, "p_loaidonvi": 1}


@pytest.mark.parametrize(
    ("service", "bound", "column"),
    [
        # The type is not always the same, and decision lists bind two more than they show.
        (
            "decision_publishment_advanced_search_service_v2",
            {"type": "ref", "keyword": "", "agency_id": "-1", "field_id": "-1", "publishing_date": "", **PAGE},
            "PUBLISHING_DATE",
        ),
        (
            "get_ds_tthc_da_cong_bo_dvc_service",
            {
                "type": "ref", "pKeyWord": "", "pCoQuanId": "-1", "pObjectType": "-1", "pMucDo": "-1",
                "p_Page_Size": 10, "p_Page_Index": 1,
            },
            "TTHC_MA",
        ),
        ("dvcqg_get_so_by_selected_v2", {"type": "qry", "tinh_id": "426101"}, "NAME"),
        ("report_tinh_766_service", {"type": "ref", **PERIOD, **SCORES, "pageIndex": 1, "pageSize": 1000}, "TDGQ"),
        ("report_by_month_sum_service", {"type": "ref", **PERIOD, "p_huyen_id": "", "p_linhvuc": 0}, "HS_TOTAL"),
    ],
)  # fmt: skip
def test_rest_jsp_answers_what_working_clients_bind(
    province: Simulator, service: str, bound: Mapping[str, Any], column: str
) -> None:
    form = {"params": json.dumps({"service": service, **bound})}
    headers = {"X-Requested-With": "XMLHttpRequest", "User-Agent": "Mozilla/5.0"}
    rows = requests.post(province.environment["TTHC_PUBLIC_URL"], data=form, headers=headers, timeout=5).json()
    assert rows
    assert all(isinstance(value, str) for row in rows for value in row.values())
    assert column in rows[-1]


@pytest.mark.parametrize(
    ("adapter", "headers", "query"),
    [
        ("XrdAdapter", {"dstcode": tthc.DSTCODE, "Charset": "utf-8"}, {}),
        ("VXPAdapter", {}, {"dstcode": tthc.DSTCODE, "providerurl": "https://bo-noi.example"}),
    ],
)
def test_the_national_rpc_takes_the_destination_from_header_or_query(
    province: Simulator, adapter: str, headers: dict[str, str], query: dict[str, str]
) -> None:
    def post(path: str, body: dict[str, str]) -> dict[str, Any]:
        url = f"{province.url}/tthc/{adapter}/RestService/forward/mapi/{path}"
        answer: dict[str, Any] = requests.post(url, json=body, headers=headers, params=query, timeout=5).json()
        return answer

    session = post("login", {"username": tthc.USERNAME, "password": tthc.PASSWORD})["session"]
    found = post("g", {"session": session, "madonvi": tthc.UNIT_CODE, "service": "LayDanhMucLinhVuc"})
    assert (found["error_code"], bool(found["result"])) == (0, True)


def keys(**wrong: str) -> dict[str, str]:
    return {"lgspaccesstoken": base64.b64encode(json.dumps(lgsp.KEYS | wrong).encode()).decode()}


def test_lgsp_lets_on_whoever_shows_keys_and_token_and_nobody_else() -> None:
    with Simulator(WORLD, profile=PROFILES["lgsp"]) as behind:
        given = behind.environment
        form = {"params": json.dumps({"service": "get_list_agency_service_v2", "type": "ref"})}

        def told(**headers: str) -> tuple[int, Any]:
            answer = requests.post(given["TTHC_PUBLIC_URL"], data=form, headers=headers, timeout=5)
            return answer.status_code, answer.json()

        assert told() == (200, {"code": 100, "message": "AUTHEN_ERROR"})
        assert told(**keys(SecretKey="khac")) == (200, {"code": 100, "message": "AUTHEN_ERROR"})
        assert told(**keys(), Authorization="Bearer khac")[0] == 401
        token = requests.post(given["LGSP_URL"], headers=keys(), timeout=5).json()["access_token"]
        status, rows = told(**keys(), Authorization=f"Bearer {token}")
        assert (status, rows[0].keys() >= {"ID", "CODE"}) == (200, True)
