"""The public gateway on a socket: lists that drift, shrink and come in smaller pages; the real catalogues."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged
from connectors.http import HttpClient
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from connectors.tthc_public import PublicGateway


class Gateway:
    """`rest.jsp` over rows a test gives, with the total in every row."""

    def __init__(self, httpserver: HTTPServer, rows: list[dict[str, str]]) -> None:
        self.rows = rows
        self.drift = 0
        self.largest_page = 500
        self.tells_total = True
        self.is_stuck = False
        self.leaves_before_page: dict[int, int] = {}
        self.pages: list[int] = []
        httpserver.expect_request("/jsp/rest.jsp", method="POST").respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        assert request.headers["X-Requested-With"] == "XMLHttpRequest"
        params = json.loads(request.form["params"])
        number = int(params.get("pageIndex") or params["p_Page_Index"])
        size = min(int(params.get("recordPerPage") or params["p_Page_Size"]), self.largest_page)
        self.pages.append(number)
        if (leaving := self.leaves_before_page.pop(number, None)) is not None:
            del self.rows[leaving]
        number = 1 if self.is_stuck else number
        total = str(len(self.rows) + self.drift * number)
        page = self.rows[(number - 1) * size : number * size]
        counted = {"AMOUNT": total} if self.tells_total else {}
        return Response(json.dumps([row | counted | {"ROW_STT": "1"} for row in page]))


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


def rows(count: int) -> list[dict[str, str]]:
    return [{"ID": str(number), "NAME": "QĐ"} for number in range(count)]


def decisions(gateway: PublicGateway) -> list[str]:
    return [record.key for page in gateway.decisions() for record in page.records]


@pytest.mark.parametrize("total", [True, False])
def test_smaller_pages_than_asked_for_are_not_the_end(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], total: bool
) -> None:
    served = Gateway(httpserver, rows(25))
    served.largest_page, served.tells_total = 10, total
    assert decisions(gateway(client_of, 500)) == [str(number) for number in range(25)]


def test_a_row_pulled_up_by_one_that_left_is_found(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Gateway(httpserver, rows(25))
    served.leaves_before_page = {2: 3}
    # Row 10 slipped onto the page that had been read; each row is brought once.
    assert sorted(map(int, decisions(gateway(client_of, 10)))) == list(range(25))


def test_the_first_page_for_ever_is_the_whole_list(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Gateway(httpserver, rows(10))
    served.is_stuck = True
    assert decisions(gateway(client_of, 10)) == [str(number) for number in range(10)]


def test_the_real_decisions_and_what_one_of_them_amends(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], samples: Path
) -> None:
    def real(name: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = json.loads((samples / "tthc" / f"{name}.json").read_text(encoding="utf-8"))
        return found

    listed = real("decision_publishment_advanced_search_service_v2")
    amended = real("get_modified_procedures_by_dp_id_service_v2.115010")

    def answer(request: Request) -> Response:
        params = json.loads(request.form["params"])
        assert all(isinstance(value, str) for value in params.values())
        known = {
            "decision_publishment_advanced_search_service_v2": listed,
            "get_modified_procedures_by_dp_id_service_v2": amended,
        }
        return Response(json.dumps(known.get(params["service"], []) if params["pageIndex"] == "1" else []))

    httpserver.expect_request("/jsp/rest.jsp").respond_with_handler(answer)
    public = gateway(client_of, len(listed))
    assert set(decisions(public)) == {row["ID"] for row in listed}
    found = [record.key for page in public.decision_procedures("115010") for record in page.records]
    assert found == [f"115010|amended|{row['ID']}" for row in amended]


def test_a_strict_gateway_is_given_every_parameter_that_it_binds() -> None:
    world = World(dossiers=60, documents=10, procedures=40)
    with Simulator(world) as simulator:
        public = PublicGateway(HttpClient(simulator.environment["TTHC_PUBLIC_URL"], source="tthc_public"), 30)
        decided = decisions(public)
        lists = {
            "decisions": decided,
            "procedures": [record.key for page in public.procedures() for record in page.records],
            "citizens": [record.key for page in public.announced() for record in page.records],
            "enterprises": [record.key for page in public.announced("5") for record in page.records],
            "changes": [
                record.key for one in decided for page in public.decision_procedures(one) for record in page.records
            ],
        }
    assert [name for name, keys in lists.items() if not keys] == []
    assert sorted([*lists["citizens"], *lists["enterprises"]]) == sorted(lists["procedures"])


@pytest.mark.parametrize(
    "body",
    [
        b'\n\xef\xbb\xbf[{"ID":"1","NAME":"Q\xc4\x90"}]',
        b'[{"ID":"1","NAME":"Q\xd0\nV/v \\\'a\\\'",},]',
    ],
)
def test_what_the_real_gateway_puts_around_and_into_its_rows_costs_no_list(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], body: bytes
) -> None:
    answers = iter([body, b"[]"])
    httpserver.expect_request("/jsp/rest.jsp").respond_with_handler(
        lambda request: Response(next(answers), content_type="text/plain")
    )
    assert decisions(gateway(client_of, 10)) == ["1"]
