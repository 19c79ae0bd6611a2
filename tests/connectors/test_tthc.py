"""The national database on a socket: sessions, codes as numbers and as text, lists that drift, the real catalogue."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.tthc import NationalDatabase
from connectors.tthc_public import PublicGateway


class Database:
    """The adapter: sessions end when the test says so, answers are what the test puts in."""

    def __init__(self, httpserver: HTTPServer) -> None:
        self.zero: Any = 0
        self.sessions = 0
        self.ended: set[str] = set()
        self.services: list[str] = []
        self.result: Any = [{"MATTHC": "1.001612", "TENTTHC": "Đăng ký"}]
        self.results: dict[str, Any] = {}
        self.proxied = False
        httpserver.expect_request("/forward/mapi/login").respond_with_handler(self.login)
        httpserver.expect_request("/forward/mapi/g").respond_with_handler(self.call)

    def login(self, request: Request) -> Response:
        body = request.get_json()
        if body != {"username": "user", "password": "pass"}:
            return Response(json.dumps({"error_code": -1, "message": "Sai mật khẩu pass"}))
        self.sessions += 1
        return Response(json.dumps({"error_code": self.zero, "session": f"s-{self.sessions}"}))

    def call(self, request: Request) -> Response:
        body = request.get_json()
        assert request.headers["dstcode"] == "VN:GOV:x"
        assert body["madonvi"] == "000.00.00.H19"
        if body["session"] in self.ended:
            return Response(json.dumps({"error_code": "3", "message": "Hết phiên"}))
        self.services.append(body["service"])
        result = self.results.get(body.get("maTTHC"), self.result)
        answer = {"error_code": self.zero, "message": "Thành công", "result": result}
        return Response(json.dumps({"message": json.dumps(answer)} if self.proxied else answer))


@pytest.fixture
def adapter(httpserver: HTTPServer) -> Database:
    return Database(httpserver)


@pytest.fixture
def database(client_of: Callable[..., HttpClient], adapter: Database) -> NationalDatabase:
    return NationalDatabase(client_of("tthc", path="/forward"), "user", "pass", "000.00.00.H19", "VN:GOV:x")


@pytest.mark.parametrize("zero", [0, "0"])
@pytest.mark.parametrize("proxied", [False, True])
def test_success_is_zero_in_every_dress(
    database: NationalDatabase, adapter: Database, zero: Any, proxied: bool
) -> None:
    adapter.zero, adapter.proxied = zero, proxied
    (page,) = database.procedure_list()
    assert [record.key for record in page.records] == ["1.001612"]


def test_one_session_serves_until_it_ends_and_is_renewed_once(database: NationalDatabase, adapter: Database) -> None:
    list(database.procedure_list())
    list(database.procedure_list())
    assert adapter.sessions == 1
    adapter.ended = {"s-1"}
    list(database.procedure_list())
    assert adapter.sessions == 2
    adapter.ended = {"s-1", "s-2", "s-3"}
    with pytest.raises(SourceRefused, match="LayDanhSachTTHC: mã lỗi 3"):
        list(database.procedure_list())


def test_a_refused_login_is_told_without_the_password(client_of: Callable[..., HttpClient], adapter: Database) -> None:
    database = NationalDatabase(client_of("tthc", path="/forward"), "user", "hunter2", "000.00.00.H19", "VN:GOV:x")
    with pytest.raises(SourceRefused, match="đăng nhập không được") as refused:
        list(database.procedure_list())
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("result", [{"rows": []}, "text", None, [{"TENTTHC": "không mã"}]])
def test_another_shape_is_a_changed_source(database: NationalDatabase, adapter: Database, result: Any) -> None:
    adapter.result = result
    with pytest.raises(SourceChanged):
        list(database.procedure_list())


def test_details_are_asked_for_the_codes_named_only(database: NationalDatabase, adapter: Database) -> None:
    (page,) = database.procedures(["1.001612", "1.000002"])
    assert [record.key for record in page.records] == ["1.001612", "1.000002"]
    assert adapter.services == ["LayThuTuc", "LayThuTuc"]


def test_a_procedure_that_has_gone_is_passed_over(database: NationalDatabase, adapter: Database) -> None:
    adapter.results = {"1.000002": []}
    (page,) = database.procedures(["1.000002", "1.001612"])
    assert [record.key for record in page.records] == ["1.001612"]
    adapter.results, adapter.result = {}, []
    with pytest.raises(SourceRefused):
        list(database.procedures(map(str, range(9))))


def test_contacts_of_clerks_do_not_pass(database: NationalDatabase, adapter: Database) -> None:
    adapter.result = [{"MATTHC": "1.1", "NGUOILIENHE": "Lê Kín", "COQUANTHUCHIEN": [{"MADONVI": "H19", "SDT": "09"}]}]
    record = database.procedure("1.1")
    assert json.loads(record.payload) == {"MATTHC": "1.1", "COQUANTHUCHIEN": [{"MADONVI": "H19"}]}


class Gateway:
    """`rest.jsp` over rows a test gives, with the total in every row."""

    def __init__(self, httpserver: HTTPServer, rows: list[dict[str, str]]) -> None:
        self.rows = rows
        self.drift = 0
        self.pages: list[int] = []
        httpserver.expect_request("/jsp/rest.jsp", method="POST").respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        assert request.headers["X-Requested-With"] == "XMLHttpRequest"
        params = json.loads(request.form["params"])
        number, size = int(params["pageIndex"]), int(params["recordPerPage"])
        self.pages.append(number)
        total = str(len(self.rows) + self.drift * number)
        page = self.rows[(number - 1) * size : number * size]
        return Response(json.dumps([row | {"AMOUNT": total, "ROW_STT": "1"} for row in page]))


def gateway(client_of: Callable[..., HttpClient], page_size: int) -> PublicGateway:
    return PublicGateway(client_of("tthc_public", path="/jsp/rest.jsp"), page_size=page_size)


@pytest.mark.parametrize("drift", [0, 1, -1])
def test_a_list_is_read_to_its_end_although_its_total_drifts(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], drift: int
) -> None:
    served = Gateway(httpserver, [{"ID": str(number), "NAME": "QĐ"} for number in range(25)])
    served.drift = drift
    found = [record for page in gateway(client_of, 10).decisions() for record in page.records]
    assert [record.key for record in found] == [str(number) for number in range(25)]
    assert json.loads(found[0].payload) == {"ID": "0", "NAME": "QĐ"}


def test_the_real_procedures_go_through_the_gateway(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], samples: Path
) -> None:
    real = json.loads((samples / "tthc" / "get_ds_tthc_da_cong_bo_dvc_service.json").read_text(encoding="utf-8"))
    Gateway(httpserver, real)
    found = {record.key for page in gateway(client_of, 300).announced() for record in page.records}
    assert found == {row["TTHC_MA"] for row in real}
    assert len(found) == 1000


def test_an_object_instead_of_a_list_is_a_changed_source(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    httpserver.expect_request("/jsp/rest.jsp").respond_with_json({"error": "x"})
    with pytest.raises(SourceChanged, match="không phải là danh sách"):
        list(gateway(client_of, 10).decisions())
