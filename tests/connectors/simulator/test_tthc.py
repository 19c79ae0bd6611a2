"""The TTHC database behind the adapter and its public gateway, over real sockets."""

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from connectors.simulator.gateway_binds import BINDS
from connectors.simulator.server import Simulator
from connectors.simulator.tthc import SESSION_SECONDS, TthcFacade
from connectors.simulator.wire import Headers, Request
from connectors.simulator.world import World


WORLD = World(dossiers=400, documents=30, procedures=400)


@pytest.fixture(scope="module")
def simulator():
    with Simulator(WORLD) as running:
        yield running


class Province:
    """A client with a session."""

    def __init__(self, simulator: Simulator) -> None:
        self.settings = simulator.environment
        self.session = self.post(
            "mapi/login",
            {
                "username": self.settings["TTHC_USERNAME"],
                "password": self.settings["TTHC_PASSWORD"],
            },
        )["session"]

    def post(self, path: str, body: dict[str, Any], **query: str) -> dict[str, Any]:
        headers = {} if query else {"dstcode": self.settings["TTHC_DSTCODE"]}
        url = f"{self.settings['TTHC_URL']}/{path}"
        answer = requests.post(url, json=body, headers=headers, params=query, timeout=5)
        return {"http": answer.status_code} | answer.json()

    def ask(self, service: str, **more: Any) -> dict[str, Any]:
        fixed = {"session": self.session, "madonvi": self.settings["TTHC_UNIT_CODE"]}
        return self.post("mapi/g", {**fixed, "service": service, **more})


@pytest.fixture(scope="module")
def province(simulator: Simulator) -> Province:
    return Province(simulator)


def gateway(simulator: Simulator, service: str, **more: str) -> list[dict[str, str]]:
    bound = dict.fromkeys(BINDS.get(service, ()), "-1") | {"keyword": "", "recordPerPage": "9999", "pageIndex": "1"}
    asked = {"service": service, "type": "ref", "provider": "dvcquocgia", **bound, **more}
    url = simulator.environment["TTHC_PUBLIC_URL"]
    headers = {"X-Requested-With": "XMLHttpRequest"}
    answer = requests.post(url, data={"params": json.dumps(asked)}, headers=headers, timeout=5)
    rows: list[dict[str, str]] = answer.json()
    return rows


def test_login_wants_the_right_password_and_the_destination(province: Province) -> None:
    wrong = province.post("mapi/login", {"username": "a", "password": "b"})
    assert wrong["error_code"] == 1
    assert "session" not in wrong
    assert province.post("mapi/login", {}, dstcode="VN:GOV:elsewhere")["http"] == 400


def test_the_destination_may_stand_in_the_query_and_the_adapter_has_two_names(
    simulator: Simulator, province: Province
) -> None:
    login = {
        "username": province.settings["TTHC_USERNAME"],
        "password": province.settings["TTHC_PASSWORD"],
    }
    url = f"{simulator.url}/tthc/VXPAdapter/RestService/forward/mapi/login"
    query = {"dstcode": province.settings["TTHC_DSTCODE"]}
    assert requests.post(url, json=login, params=query, timeout=5).json()["error_code"] == 0


def test_a_session_ends_after_ten_minutes() -> None:
    now = [0.0]
    facade = TthcFacade(lambda: WORLD, clock=lambda: now[0])
    headers = Headers({"dstcode": "VN:GOV:000.00.00.G22:vpcpdvcprovider"})

    def post(path: str, body: dict[str, str]) -> dict[str, Any]:
        request = Request("POST", path, {}, headers, json.dumps(body).encode())
        answer: dict[str, Any] = json.loads(facade.handle(request).body)
        return answer

    login = {"username": "tthc.dongnai", "password": "simulator-tthc-password"}
    session = post("/mapi/login", login)["session"]
    call = {"session": session, "madonvi": "000.00.00.H19", "service": "LayDanhMucLinhVuc"}
    assert post("/mapi/g", call)["error_code"] == 0
    now[0] += SESSION_SECONDS
    assert post("/mapi/g", call)["error_code"] != 0


def test_error_codes_come_as_text_where_the_switch_says_so(simulator: Simulator) -> None:
    simulator.tthc.codes_as_text = True
    assert Province(simulator).ask("LayDanhMucLinhVuc")["error_code"] == "0"
    simulator.tthc.codes_as_text = False


def test_what_nobody_serves_is_an_error(province: Province) -> None:
    assert province.ask("LayThoiTiet")["error_code"] == -1
    assert province.post("mapi/g", {"session": "made up", "service": "LayDVC"})["error_code"] == 5
    assert province.ask("LayDVC", madonvi="000.00.00.H99")["error_code"] == 2


def test_list_and_records_agree(province: Province) -> None:
    listed = province.ask("LayDanhSachTTHC")["result"]
    assert len(listed) == WORLD.procedures
    for row in listed[::50]:
        (record,) = province.ask("LayThuTuc", maTTHC=row["MATTHC"])["result"]
        assert record["TENTTHC"] == row["TENTTHC"]
        assert {channel["KENH"] for channel in record["CACHTHUCTHUCHIEN"]} == {"1", "2", "3"}
        assert len(record) >= 28
    assert province.ask("LayThuTuc", maTTHC="9.999999")["result"] == []


def test_the_dictionaries_and_the_online_services(province: Province) -> None:
    assert {"MALINHVUC", "TENLINHVUC", "MANGANH"} == set(province.ask("LayDanhMucLinhVuc")["result"][0])
    assert province.ask("LayDanhMucCoQuan")["result"][0]["MADONVI"] == "000.00.00.H19"
    assert province.ask("LayDVC")["result"]["data"][0]["MADVC"].endswith("-DVC")


def test_the_national_portal_knows_most_dossiers_and_learns_new_ones(simulator: Simulator, province: Province) -> None:
    world = simulator.world
    codes = [world.renderer.code(index) for index in range(0, 400, 7)]
    known = [code for code in codes if province.ask("TraCuuHoSo", mahoso=code)["result"]]
    assert len(codes) * 0.9 < len(known) < len(codes)
    new = {"data": [{"MaHoSo": "H19.02-251231-9999"}]}
    assert province.ask("CapNhatTienDoHoSoMC", **new)["error_code"] != 0
    assert province.ask("DongBoHoSoMC", isUpdating="True", **new)["error_code"] != 0
    assert province.ask("DongBoHoSoMC", isUpdating="False", **new)["error_code"] == 0
    assert province.ask("DongBoHoSoMC", isUpdating="False", **new)["error_code"] == -3
    assert province.ask("CapNhatTienDoHoSoMC", **new)["error_code"] == 0


def test_gateway_pages_are_cut_and_numbered_and_every_value_is_text(simulator: Simulator) -> None:
    service = "procedure_advanced_search_service_v2"
    pages = [
        gateway(simulator, service, impl_agency_id="-1", recordPerPage="150", pageIndex=str(number))
        for number in range(1, 5)
    ]
    assert [len(page) for page in pages] == [150, 150, 100, 0]
    rows = [row for page in pages for row in page]
    assert [row["ROW_STT"] for row in rows] == [str(number) for number in range(1, 401)]
    assert {row["AMOUNT"] for row in rows} == {"400"}
    assert {type(value) for row in rows for value in row.values()} == {str}


def test_gateway_and_database_speak_of_the_same_procedures(simulator: Simulator, province: Province) -> None:
    listed = {row["MATTHC"] for row in province.ask("LayDanhSachTTHC")["result"]}
    rows = gateway(simulator, "procedure_advanced_search_service_v2")
    assert {row["PROCEDURE_CODE"] for row in rows} == listed
    row = rows[0]
    (record,) = province.ask("LayThuTuc", maTTHC=row["PROCEDURE_CODE"])["result"]
    assert (record["ID"], record["IDQUYETDINHCONGBO"]) == (row["ID"], row["QDCBID"])


@pytest.mark.parametrize("service", [name for name in BINDS if "dp_id" not in name])
def test_a_parameter_that_nobody_bound_empties_the_answer(simulator: Simulator, service: str) -> None:
    sized = {name: "10" for name in BINDS[service] if "ize" in name or name == "recordPerPage"}
    bound = {"service": service, **dict.fromkeys(BINDS[service], "-1"), "keyword": "", "p_nam": "2025", **sized}
    bound |= dict.fromkeys(BINDS[service] & {"p_thang"}, "0") | dict.fromkeys(BINDS[service] & {"p_tinh_id"}, "426101")

    def asked(params: dict[str, str]) -> list[dict[str, str]]:
        url = simulator.environment["TTHC_PUBLIC_URL"]
        rows: list[dict[str, str]] = requests.post(url, data={"params": json.dumps(params)}, timeout=5).json()
        return rows

    assert asked(bound)
    assert [asked({key: bound[key] for key in bound if key != name}) for name in BINDS[service]] == [[]] * len(
        BINDS[service]
    )


def test_decisions_add_amend_and_rescind(simulator: Simulator) -> None:
    decisions = gateway(simulator, "decision_publishment_advanced_search_service_v2")
    assert {"426101"} < {row["AGENCY_ID"] for row in decisions}
    days = [row["PUBLISHING_DATE"].split("-")[::-1] for row in decisions]
    assert days == sorted(days, reverse=True)
    found = {
        kind: sum(
            len(gateway(simulator, f"get_{kind}procedures_by_dp_id_service_v2", id=row["ID"]))
            for row in decisions
            if row["AGENCY_ID"] == "426101"
        )
        for kind in ("", "modified_", "rescinded_")
    }
    assert found[""] == WORLD.procedures + 40
    assert found["modified_"] > 100
    assert found["rescinded_"] == 40


def test_procedures_come_and_go_with_the_decisions() -> None:
    with Simulator(replace(WORLD, today=date(2024, 12, 31))) as simulator:
        service = "procedure_advanced_search_service_v2"
        before = {row["PROCEDURE_CODE"] for row in gateway(simulator, service)}
        simulator.world = WORLD
        after = {row["PROCEDURE_CODE"] for row in gateway(simulator, service)}
    assert len(before - after) == 40
    assert len(after - before) == int(WORLD.procedures * 0.03)


def test_an_unknown_service_or_bad_params_give_an_empty_array(simulator: Simulator) -> None:
    assert gateway(simulator, "weather_service_v2") == []
    url = simulator.environment["TTHC_PUBLIC_URL"]
    assert requests.post(url, data={"params": "{"}, timeout=5).json() == []
    assert gateway(simulator, "dvcqg_get_so_by_selected_v2", tinh_id="426101")[0]["ID"] == "-1"


SAMPLES = Path(os.environ.get("REAL_SAMPLES_DIR", "../shared/samples")) / "tthc"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the public samples are not on this machine")
def test_real_answers_can_be_served_in_the_place_of_the_worlds() -> None:
    rows = {path.stem: json.loads(path.read_text("utf-8")) for path in SAMPLES.glob("*.json")}
    with Simulator(WORLD, gateway_rows=rows) as simulator:
        service = "decision_publishment_advanced_search_service_v2"
        first = gateway(simulator, service, recordPerPage="20", pageIndex="1")
        third = gateway(simulator, service, recordPerPage="20", pageIndex="3")
        assert (first + third)[0] == rows[service][0]
        assert len(third) == len(rows[service]) - 40
        amended = "get_modified_procedures_by_dp_id_service_v2"
        assert gateway(simulator, amended, id="115010") == rows[f"{amended}.115010"]
        assert gateway(simulator, amended, id="115187") == []
