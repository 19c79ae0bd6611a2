"""The national database behind the adapters of different provinces (protocols E.2)."""

import json
from collections.abc import Callable

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.http import HttpClient
from connectors.tthc import Adapter, NationalDatabase


Clients = Callable[..., HttpClient]
Asked = list[tuple[str, dict[str, str], str | None, str | None, str | None]]


def adapter(httpserver: HTTPServer, *paths: str) -> Asked:
    """Serves login and calls under any of the paths, and notes path, body, and where the receiver's code stood."""
    asked: Asked = []

    def answer(request: Request) -> Response:
        body = json.loads(request.get_data())
        headers = request.headers
        asked.append(
            (request.path, body, headers.get("dstcode"), request.args.get("dstcode"), headers.get("providerurl"))
        )
        found = {"session": "s"} if "username" in body else {"result": [{"MALINHVUC": "L1", "TENLINHVUC": "Đất đai"}]}
        return Response(json.dumps({"error_code": 0, **found}))

    for path in paths:
        httpserver.expect_request(path).respond_with_handler(answer)
    return asked


def fields(http: HttpClient, how: Adapter, dictionaries: HttpClient | None = None) -> list[str]:
    database = NationalDatabase(http, "user", "secret", "H19", "VN:COM:1", how, dictionaries)
    return [record.key for page in database.fields() for record in page.records]


@pytest.mark.parametrize("place", ["header", "query", "body"])
def test_the_code_of_the_receiver_stands_where_the_adapter_looks_for_it(
    httpserver: HTTPServer, client_of: Clients, place: str
) -> None:
    asked = adapter(httpserver, "/mapi/login", "/mapi/g")
    assert fields(client_of(), Adapter(dstcode_in=place)) == ["L1"]  # type: ignore[arg-type]
    for _, body, header, query, _ in asked:
        stood = {"header": header, "query": query, "body": body.get("dstcode")}
        assert {name for name, value in stood.items() if value == "VN:COM:1"} == {place}


def test_paths_and_the_address_of_the_provider_are_as_the_province_has_them(
    httpserver: HTTPServer, client_of: Clients
) -> None:
    asked = adapter(httpserver, "/bndp/public/v1/login", "/bndp/public/v1/call")
    how = Adapter("bndp/public/v1/login", "bndp/public/v1/call", provider_url="/dvc")
    assert fields(client_of(), how) == ["L1"]
    assert [(path, provider) for path, *_, provider in asked] == [
        ("/bndp/public/v1/login", "/dvc"),
        ("/bndp/public/v1/call", "/dvc"),
    ]


def test_dictionaries_are_asked_where_they_are(httpserver: HTTPServer, client_of: Clients) -> None:
    asked = adapter(httpserver, "/mapi/login", "/share/mapi/g")
    assert fields(client_of(), Adapter(), client_of(path="/share")) == ["L1"]
    assert [path for path, *_ in asked] == ["/mapi/login", "/share/mapi/g"]
