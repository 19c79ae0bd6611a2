"""A source behind LGSP or X-Road; the gateway is a real server that asks for what real ones ask for."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.axis import Axis
from connectors.errors import SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.patience import RetryBudget
from connectors.side_by_side import at_once
from connectors.transport import WrongTransport
from connectors.transport_settings import transport


Clients = Callable[..., HttpClient]
KEYS = {
    "LGSP_ACCESS_KEY": "khoa-truy-cap",
    "LGSP_SECRET_KEY": "khoa-rat-bi-mat",
    "LGSP_APP_NAME": "muc-tieu",
    "LGSP_PARTNER_CODE": "H19",
    "LGSP_PARTNER_CODE_CUS": "H19.1",
}
SENT_KEYS = {
    "AccessKey": "khoa-truy-cap",
    "SecretKey": "khoa-rat-bi-mat",
    "AppName": "muc-tieu",
    "PartnerCode": "H19",
    "PartnerCodeCus": "H19.1",
}


class Lgsp:
    """Hands out t1, t2, …, of which only the newest is accepted; what is behind it answers what `behind` says."""

    def __init__(self, server: HTTPServer) -> None:
        self.issued = 0
        self.seen: list[Mapping[str, str]] = []
        self.behind: Callable[[Request], Response] = lambda request: Response("[1]", content_type="application/json")
        self.token: Callable[[int], Any] = lambda number: {"access_token": f"t{number}", "expires_in": 3600}
        server.expect_request("/token", method="POST").respond_with_handler(self.hand_out)
        server.expect_request("/portal/records").respond_with_handler(self.pass_on)
        self.url = server.url_for("/portal")
        self.given = KEYS | {"PORTAL_GATEWAY": "lgsp", "LGSP_URL": server.url_for("/token")}

    def hand_out(self, request: Request) -> Response:
        told = json.loads(base64.b64decode(request.headers["lgspaccesstoken"]))
        if told != SENT_KEYS or request.form.to_dict() != {"grant_type": "client_credentials"}:
            return Response(json.dumps({"message": f"Invalid {told['SecretKey']}"}), status=401)
        self.issued += 1
        return Response(json.dumps(self.token(self.issued)))

    def pass_on(self, request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer t{self.issued}":
            return Response("{}", status=401)
        self.seen.append(dict(request.headers))
        return self.behind(request)

    def client(self, pauses: list[float] | None = None, **settings: str) -> HttpClient:
        waits = pauses if pauses is not None else []
        how = transport("PORTAL", self.given | settings)
        budget = RetryBudget(attempts=2)
        return HttpClient(self.url, source="portal", transport=how, budget=budget, sleep=waits.append, timeout=(2, 2))


@pytest.fixture
def lgsp(httpserver: HTTPServer) -> Lgsp:
    return Lgsp(httpserver)


def test_keys_buy_a_token_that_serves_until_it_is_refused(lgsp: Lgsp) -> None:
    client = lgsp.client()
    assert [client.json("GET", "records") for _ in range(3)] == [[1]] * 3
    assert lgsp.issued == 1
    # Somebody else of this office signs on, and the gateway knows the newest token alone.
    lgsp.issued = 2
    assert client.json("GET", "records") == [1]
    assert (lgsp.issued, client.requests, client.retries) == (3, 7, 0)
    assert json.loads(base64.b64decode(lgsp.seen[0]["Lgspaccesstoken"])) == SENT_KEYS


@pytest.mark.parametrize("shape", [{"token": "t1"}, {"data": {"token": "t1"}}, {"data": {"access_token": "t1"}}])
def test_a_token_stands_where_gateways_put_it(lgsp: Lgsp, shape: dict[str, object]) -> None:
    lgsp.token = lambda number: shape
    assert lgsp.client().json("GET", "records") == [1]


def test_requests_that_are_refused_at_once_sign_on_once(lgsp: Lgsp) -> None:
    client = lgsp.client(PORTAL_CONNECTIONS="4")
    client.get("records")
    lgsp.issued = 2
    assert at_once(4, [lambda: client.json("GET", "records")] * 8) == [[1]] * 8
    assert lgsp.issued == 3


def test_the_source_s_own_bearer_travels_beside_the_gateway_s(lgsp: Lgsp) -> None:
    lgsp.client().get("records", headers={"Authorization": "Bearer own", "Accept": "application/json"})
    assert lgsp.seen[0]["Authorization"] == "Bearer t1"
    assert lgsp.seen[0]["X-Authentication-Token"] == "own"
    assert lgsp.seen[0]["Accept"] == "application/json"


def test_a_source_that_refuses_its_own_token_is_told_from_a_gateway_that_forgot_ours(lgsp: Lgsp) -> None:
    lgsp.behind = lambda request: Response("{}", status=401)
    with pytest.raises(SourceRefused, match="cổng LGSP hoặc nguồn sau cổng không nhận token") as refused:
        lgsp.client().get("records")
    # So that the connector may renew its own.
    assert refused.value.status == 401
    assert (len(lgsp.seen), lgsp.issued) == (2, 2)


def test_a_client_s_secret_goes_into_the_form_where_the_gateway_holds_the_header(
    lgsp: Lgsp, httpserver: HTTPServer
) -> None:
    forms: list[dict[str, str]] = []

    def signed_on(request: Request) -> Response:
        forms.append(request.form.to_dict())
        assert request.headers["Authorization"] == "Bearer t1"
        return Response(json.dumps({"access_token": "own"}))

    httpserver.expect_request("/portal/auth/realms/digo/protocol/openid-connect/token").respond_with_handler(signed_on)
    assert Keycloak(lgsp.client(), "mtcl", "bi-mat").headers() == {"Authorization": "Bearer own"}
    assert forms == [{"grant_type": "client_credentials", "client_id": "mtcl", "client_secret": "bi-mat"}]


def test_wrong_keys_are_told_once_with_the_gateway_s_words_and_without_ours(lgsp: Lgsp, httpserver: HTTPServer) -> None:
    client = lgsp.client(LGSP_SECRET_KEY="khoa-sai-nay")
    for _ in range(2):
        with pytest.raises(SourceRefused, match=r"không cấp token: “Invalid …”.*LGSP_SECRET_KEY") as refused:
            client.get("records")
        assert "khoa-sai-nay" not in str(refused.value) + repr(client.gateway)
        assert refused.value.source == "portal"
    assert [request.path for request, _ in httpserver.log] == ["/token"]


def test_an_answer_without_a_token_is_told(lgsp: Lgsp) -> None:
    lgsp.token = lambda number: {"status": "ok"}
    with pytest.raises(SourceRefused, match="không có token"):
        lgsp.client().get("records")


@pytest.mark.parametrize(
    ("answer", "words", "asked"),
    [
        ({"error_code": 100, "message": "AUTHEN_ERROR"}, r"mã 100 AUTHEN_ERROR.*LGSP_ACCESS_KEY", 2),
        ({"code": "101"}, r"không cho địa chỉ của máy này \(mã 101 IP_DISALLOWED\).*địa chỉ IP", 1),
        ({"error": {"code": 101, "description": "IP_DISALLOWED"}}, "IP_DISALLOWED", 1),
    ],
)
def test_an_error_in_an_answer_of_200_is_no_data(lgsp: Lgsp, answer: dict[str, Any], words: str, asked: int) -> None:
    lgsp.behind = lambda request: Response(json.dumps(answer), content_type="application/json")
    pauses: list[float] = []
    with pytest.raises(SourceRefused, match=words):
        lgsp.client(pauses).json("GET", "records")
    assert (len(lgsp.seen), pauses) == (asked, [])


@pytest.mark.parametrize("answer", [{"code": 100, "data": [{"a": 1}]}, {"error_code": 0, "result": []}, [100, 101]])
def test_an_answer_with_content_is_none_of_them(lgsp: Lgsp, answer: object) -> None:
    lgsp.behind = lambda request: Response(json.dumps(answer), content_type="application/json")
    assert lgsp.client().json("GET", "records") == answer


def test_a_service_that_is_not_ours_to_call_is_told_once(lgsp: Lgsp) -> None:
    lgsp.behind = lambda request: Response("{}", status=403)
    with pytest.raises(SourceRefused, match=r"mã HTTP 403.*không cho gọi dịch vụ này.*LGSP_PARTNER_CODE"):
        lgsp.client().get("records")
    assert len(lgsp.seen) == 1


def test_too_many_requests_are_told_as_such_after_the_waits_the_gateway_asks_for(lgsp: Lgsp) -> None:
    lgsp.behind = lambda request: Response("{}", status=429, headers={"Retry-After": "7"})
    pauses: list[float] = []
    with pytest.raises(SourceUnavailable, match=r"vượt quá số yêu cầu.*PORTAL_RATE"):
        lgsp.client(pauses).get("records")
    assert pauses[:3] == [7.0, 7.0, 7.0]
    assert sum(pauses) <= RetryBudget().deadline_seconds


# -- X-Road

XROAD = {
    "AXIS_GATEWAY": "xroad",
    "XROAD_CLIENT": "VN/GOV/H19/muctieu",
    "XROAD_SERVICE_AXIS": "VN/GOV/H19/truc/vxp",
}


def through_x_road(httpserver: HTTPServer) -> HttpClient:
    how = transport("AXIS", XROAD)
    return HttpClient(
        httpserver.url_for("/XrdAdapter"), source="axis", transport=how, sleep=lambda seconds: None, timeout=(2, 2)
    )


def test_x_road_finds_who_asks_in_a_header_and_what_in_the_path(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/r1/VN/GOV/H19/truc/vxp/XrdAdapter/getSentEdocList",
        method="POST",
        headers={"X-Road-Client": "VN/GOV/H19/muctieu"},
    ).respond_with_json({"status": "OK", "ErrorCode": "0", "data": [{"senderDocId": "d1", "toCode": "H19"}]})
    axis = Axis(through_x_road(httpserver), "vxp.dongnai.01", "bi-mat")
    assert [record.key for page in axis.sent() for record in page.records] == ["d1|H19"]
    assert httpserver.log[0][0].headers["XroadVnpt-systemid"] == "vxp.dongnai.01"


@pytest.mark.parametrize(
    ("kind", "status", "words", "asked"),
    [
        ("Server.ServerProxy.AccessDenied", 500, r"báo Server.ServerProxy.AccessDenied.*quyền cho XROAD_CLIENT", 1),
        ("Server.ClientProxy.UnknownMember", 500, r"Kiểm tra XROAD_CLIENT và XROAD_SERVICE_AXIS", 1),
        ("Server.ClientProxy.NetworkError", 503, r"đơn vị quản lý máy chủ an toàn X-Road", 8),
    ],
)
def test_what_the_security_servers_refuse_is_told_as_theirs(
    httpserver: HTTPServer, kind: str, status: int, words: str, asked: int
) -> None:
    refusal = Response("{}", status=status, headers={"X-Road-Error": kind})
    httpserver.expect_request("/r1/VN/GOV/H19/truc/vxp/XrdAdapter/x").respond_with_response(refusal)
    with pytest.raises((SourceRefused, SourceUnavailable), match=words):
        through_x_road(httpserver).get("x")
    assert len(httpserver.log) == asked


# -- settings


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"AXIS_GATEWAY": "wso2"}, "AXIS_GATEWAY"),
        (XROAD | {"XROAD_CLIENT": "VN:GOV:H19"}, "XROAD_CLIENT"),
        (XROAD | {"XROAD_SERVICE_AXIS": "VN/GOV/../x/y"}, "XROAD_SERVICE_AXIS"),
        ({"AXIS_GATEWAY": "xroad", "XROAD_CLIENT": "VN/GOV/H19"}, "XROAD_SERVICE_AXIS"),
        (KEYS | {"AXIS_GATEWAY": "lgsp"}, "LGSP_URL"),
        (KEYS | {"AXIS_GATEWAY": "lgsp", "LGSP_URL": "http://lgsp.example/token"}, "LGSP_URL"),
        (
            KEYS
            | {"AXIS_GATEWAY": "lgsp", "LGSP_URL": "https://lgsp.example/token"}
            | {"AXIS_HEADERS": '{"authorization": "Bearer x"}'},
            "AXIS_HEADERS",
        ),
    ],
)
def test_a_gateway_that_cannot_be_passed_is_named(given: dict[str, str], name: str) -> None:
    with pytest.raises(WrongTransport) as wrong:
        transport("AXIS", given)
    assert wrong.value.name == name
