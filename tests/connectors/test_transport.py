"""The road to a source: certificates, proxies, redirects, answers without an end; each stand-in is a real server."""

import gzip
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceError, SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.transport import DIRECT, Transport
from connectors.transport_settings import transport
from tests.support.certificates import ISSUER, Authority, Pair
from tests.support.sockets import one_answer_behind_socks, speaking


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture(scope="module")
def server_pair(authority: Authority) -> Pair:
    return authority.pair("server")


@contextmanager
def serving(context: ssl.SSLContext | None = None) -> Iterator[HTTPServer]:
    with HTTPServer(host="127.0.0.1", ssl_context=context) as server:
        server.expect_request("/records").respond_with_json([1])
        yield server


def asked(url: str, transport: Transport, pauses: list[float] | None = None) -> object:
    waits = pauses if pauses is not None else []
    client = HttpClient(url, source="axis", transport=transport, sleep=waits.append, timeout=(2, 2))
    return client.json("GET", "records")


def said(url: str, transport: Transport) -> tuple[type[SourceError], str, int]:
    """The kind of the failure, its words, and how often it was tried again."""
    pauses: list[float] = []
    with pytest.raises(SourceError) as failure:
        asked(url, transport, pauses)
    return type(failure.value), str(failure.value), len(pauses)


def test_a_private_authority_is_trusted_where_its_file_is_named(authority: Authority, server_pair: Pair) -> None:
    with serving(authority.server(server_pair)) as server:
        assert asked(server.url_for("/"), Transport(ca_bundle=authority.file)) == [1]


def test_a_private_authority_is_trusted_where_the_machine_knows_it(
    authority: Authority, server_pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    with serving(authority.server(server_pair)) as server:
        assert asked(server.url_for("/"), Transport()) == [1]


def test_an_unknown_authority_is_named_and_tried_once(authority: Authority, server_pair: Pair) -> None:
    with serving(authority.server(server_pair)) as server:
        kind, words, again = said(server.url_for("/"), Transport(wire="AXIS"))
    assert (kind, again) == (SourceRefused, 0)
    assert f"chứng thư của máy chủ do “{ISSUER}” cấp không được máy này tin cậy" in words
    assert "AXIS_CA_BUNDLE" in words


@pytest.mark.parametrize(
    ("pair", "words"),
    [({"days": -1}, "đã hết hạn"), ({"host": "truc.dongnai.gov.vn"}, "không cấp cho tên 127.0.0.1")],
)
def test_a_certificate_that_does_not_fit_is_told_and_tried_once(
    authority: Authority, pair: dict[str, object], words: str
) -> None:
    with serving(authority.server(authority.pair("other", **pair))) as server:  # type: ignore[arg-type]
        kind, told, again = said(server.url_for("/"), Transport(ca_bundle=authority.file))
    assert (kind, again) == (SourceRefused, 0)
    assert words in told


def test_a_client_certificate_is_shown_where_one_is_asked_for(authority: Authority, server_pair: Pair) -> None:
    own = authority.pair("client")
    with serving(authority.server(server_pair, asks_client=True)) as server:
        transport = Transport(
            wire="TTHC", ca_bundle=authority.file, client_certificate=own.certificate, client_key=own.key
        )
        assert asked(server.url_for("/"), transport) == [1]
        _, words, _ = said(server.url_for("/"), Transport(wire="TTHC", ca_bundle=authority.file))
    assert "TTHC_CLIENT_CERT" in words


def test_https_to_a_port_without_tls_is_told(httpserver: HTTPServer) -> None:
    kind, words, again = said(httpserver.url_for("/").replace("http://", "https://"), Transport())
    assert (kind, again) == (SourceRefused, 0)
    assert "không dùng https" in words


def test_http_beyond_this_machine_is_refused_before_anything_is_sent() -> None:
    kind, words, _ = said("http://truc.dongnai.gov.vn/", Transport(wire="AXIS"))
    assert kind is SourceRefused
    assert "AXIS_ALLOW_HTTP=1" in words
    assert Transport(allow_http=True).permits("http://truc.dongnai.gov.vn/")
    assert not Transport().permits("http://127.0.0.1.evil.vn/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_redirect_is_told_and_never_followed(httpserver: HTTPServer, status: int, method: str) -> None:
    with HTTPServer(host="127.0.0.1") as other:
        other.expect_request("/records").respond_with_json([1])
        elsewhere = Response(status=status, headers={"Location": other.url_for("/records")})
        httpserver.expect_request("/records").respond_with_response(elsewhere)
        client = HttpClient(httpserver.url_for("/"), source="portal")
        with pytest.raises(SourceRefused, match="chuyển hướng sang"):
            client.json(method, "records", headers={"Authorization": "Bearer x"})
        assert other.log == []


def test_headers_and_query_of_a_gateway_go_with_every_request(httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/records", query_string={"apikey": "k1", "page": "0"}, headers={"X-Gateway": "g1"}
    ).respond_with_json([1])
    transport = Transport(headers={"X-Gateway": "g1"}, query={"apikey": "k1"})
    client = HttpClient(httpserver.url_for("/"), source="portal", transport=transport)
    assert client.json("GET", "records", params={"page": "0"}) == [1]
    assert "g1" not in repr(transport)
    assert "k1" not in repr(transport)


def test_a_proxy_is_asked_instead_of_the_source(httpserver: HTTPServer) -> None:
    seen: list[str] = []

    def forward(request: Request) -> Response:
        seen.append(request.host)
        return Response("[1]", content_type="application/json")

    httpserver.expect_request("/records").respond_with_handler(forward)
    transport = Transport(proxy=httpserver.url_for("/"), allow_http=True)
    assert asked("http://truc.dongnai.gov.vn/", transport) == [1]
    assert seen == ["truc.dongnai.gov.vn"]


@pytest.mark.parametrize("direct", ["127.0.0.1", "10.0.0.0/8, 127.0.0.0/8", "khac.vn,127.0.0.1"])
def test_what_needs_no_proxy_is_asked_directly(httpserver: HTTPServer, direct: str) -> None:
    httpserver.expect_request("/records").respond_with_json([1])
    settings = {"AXIS_PROXY": "http://127.0.0.1:9", "AXIS_NO_PROXY": direct}
    assert asked(f"http://127.0.0.1:{httpserver.port}", transport("AXIS", settings)) == [1]


@pytest.mark.parametrize(
    ("host", "is_direct"),
    [("truc.dongnai.gov.vn", True), ("dongnai.gov.vn", True), ("xdongnai.gov.vn", False), ("10.9.8.7", True),
     ("11.0.0.1", False)],
)  # fmt: skip
def test_names_below_a_domain_and_addresses_of_a_network_need_no_proxy(host: str, is_direct: bool) -> None:
    how = transport("AXIS", {"AXIS_PROXY": "http://proxy:3128", "AXIS_NO_PROXY": ".dongnai.gov.vn 10.0.0.0/8"})
    assert how.proxy_to(f"https://{host}:8443/vxp") == (None if is_direct else "http://proxy:3128")


def test_what_asks_calls_itself_as_set_also_where_a_protocol_has_a_name_of_its_own(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/records").respond_with_json([1])
    how = transport("AXIS", {"AXIS_USER_AGENT": "OfficeClient/2.1"})
    client = HttpClient(httpserver.url_for("/"), source="axis", transport=how)
    client.json("GET", "records", headers={"User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP"})
    assert [request.headers.get_all("User-Agent") for request, _ in httpserver.log] == [["OfficeClient/2.1"]]


def test_services_are_found_where_the_province_has_them(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/api/svc-padman/v2/dossier/search").respond_with_json([1])
    httpserver.expect_request("/api/ba/agency").respond_with_json([2])
    how = transport("PORTAL", {"PORTAL_PATHS": '{"pa": "/svc-padman/v2/"}'})
    client = HttpClient(httpserver.url_for("/api"), source="portal", transport=how)
    assert (client.json("GET", "pa/dossier/search"), client.json("GET", "ba/agency")) == ([1], [2])


def test_a_source_that_is_given_less_time_is_given_up_sooner(httpserver: HTTPServer) -> None:
    how = transport("AXIS", {"AXIS_TIMEOUT": "5"})
    assert (how.timeout, how.answer_seconds) == ((5.0, 5.0), 5.0)
    assert DIRECT.timeout == (10.0, 180.0)


def test_a_socks_proxy_finds_the_name_itself() -> None:
    targets: list[str] = []
    with speaking(lambda connection: one_answer_behind_socks(connection, targets)) as url:
        transport = Transport(proxy=url.rstrip("/").replace("http://", "socks5h://"), allow_http=True)
        assert asked("http://truc.dongnai.gov.vn/", transport) == [1]
    assert targets == ["truc.dongnai.gov.vn"]


def test_a_proxy_that_is_not_there_is_named() -> None:
    transport = Transport(wire="PORTAL", proxy="http://127.0.0.1:9")
    kind, words, _ = said("https://motcua.dongnai.gov.vn/", transport)
    assert kind is SourceUnavailable
    assert "PORTAL_PROXY" in words


def drip(connection: socket.socket, start: bytes) -> None:
    """The beginning, and then a byte now and again, for ever."""
    connection.sendall(start)
    pause = threading.Event()
    while not pause.wait(0.05):
        connection.sendall(b"X")


@pytest.mark.parametrize(
    "start",
    [b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n["],
    ids=["head", "body"],
)
def test_an_answer_that_comes_drop_by_drop_is_given_up(start: bytes) -> None:
    with speaking(lambda connection: drip(connection, start)) as url:
        client = HttpClient(url, source="axis", transport=Transport(answer_seconds=0.3), attempts_per_request=1)
        with pytest.raises(SourceUnavailable):
            client.json("GET", "records")


def test_what_unpacks_without_end_is_cut_off(httpserver: HTTPServer) -> None:
    packed = gzip.compress(b"0" * (64 << 20))
    bomb = Response(packed, headers={"Content-Encoding": "gzip"})
    httpserver.expect_request("/records").respond_with_response(bomb)
    client = HttpClient(httpserver.url_for("/"), source="portal", max_bytes=1 << 20)
    with pytest.raises(SourceRefused, match="lớn hơn"):
        client.get("records")
    assert client.bytes == 0
