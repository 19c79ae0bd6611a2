"""The national database on a socket: sessions, codes as numbers and as text, procedures that are not there."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.tthc import NationalDatabase


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


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_a_procedure_that_is_not_there_comes_in_many_shapes(
    database: NationalDatabase, adapter: Database, nothing: Any
) -> None:
    adapter.results = {"1.000002": nothing}
    (page,) = database.procedures(["1.000002", "1.001612"])
    assert [record.key for record in page.records] == ["1.001612"]


def test_half_a_character_inside_the_proxied_text_is_a_changed_source(
    httpserver: HTTPServer, database: NationalDatabase, adapter: Database
) -> None:
    broken = {"message": '{"error_code": 0, "result": [{"MATTHC": "\\ud800"}]}'}
    httpserver.expect_oneshot_request("/forward/mapi/g").respond_with_json(broken)
    with pytest.raises(SourceChanged, match="message"):
        list(database.procedure_list())


def test_a_header_that_cannot_be_sent_is_told_without_its_text(
    client_of: Callable[..., HttpClient], adapter: Database
) -> None:
    database = NationalDatabase(client_of("tthc", path="/forward"), "user", "pass", "000.00.00.H19", "VN:ẩn")
    with pytest.raises(SourceRefused, match="không gửi được") as refused:
        list(database.procedure_list())
    assert "ẩn" not in str(refused.value)


def test_contacts_of_clerks_do_not_pass(database: NationalDatabase, adapter: Database) -> None:
    adapter.result = [{"MATTHC": "1.1", "NGUOILIENHE": "Lê Kín", "COQUANTHUCHIEN": [{"MADONVI": "H19", "SDT": "09"}]}]
    record = database.procedure("1.1")
    assert json.loads(record.payload) == {"MATTHC": "1.1", "COQUANTHUCHIEN": [{"MADONVI": "H19"}]}


@pytest.mark.parametrize(
    ("result", "kept"),
    [
        ([], {"is_known": False}),
        (None, {"is_known": False}),
        ([{"MaHoSo": "H19-2"}], {"is_known": False}),
        ([{"MaHoSo": "H19-1"}], {"is_known": True, "MaHoSo": "H19-1"}),
        ([{"TrangThaiHoSo": "4", "ChuHoSo": "Trần Thị Bí Mật"}], {"is_known": True, "TrangThaiHoSo": "4"}),
        ({"TrangThaiHoSo": "4"}, {"is_known": True, "TrangThaiHoSo": "4"}),
    ],
)
def test_of_a_national_copy_only_existence_and_state_are_kept(
    database: NationalDatabase, adapter: Database, result: Any, kept: dict[str, Any]
) -> None:
    adapter.result = result
    (page,) = database.dossier_copies(["H19-1"])
    assert [(record.key, json.loads(record.payload)) for record in page.records] == [("H19-1", kept)]
    assert adapter.services == ["TraCuuHoSo"]
