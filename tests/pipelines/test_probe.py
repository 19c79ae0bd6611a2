"""`mtcl probe` against sources that are well and set-ups that are broken: what it says, and to whom it sends one."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import requests
from click.testing import CliRunner, Result
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.national_scores import PARTS
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from pipelines.cli import main
from tests.support.certificates import Authority
from tests.support.sockets import speaking
from tests.support.workbooks import Workbook


Settings = dict[str, str]
WRONG = "sai-mat-khau-nay"


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    world = World(dossiers=60, documents=10, procedures=10)
    with Simulator(world, registers=tmp_path_factory.mktemp("registers")) as running:
        yield running


def probed(environment: Settings, *arguments: str) -> Result:
    return CliRunner(env=environment).invoke(main, ["probe", *arguments])


def test_sources_that_are_well_end_with_0_and_say_what_came(simulator: Simulator, tmp_path: Path) -> None:
    done = probed(simulator.environment | {"MTCL_HOME": str(tmp_path)})
    assert done.exit_code == 0, done.output
    assert "✗" not in done.output
    for words in ("Hệ thống một cửa (portal)", "đã nhận token", "nguồn báo 60 hồ sơ", "lĩnh vực", "quyết định", "tệp"):
        assert words in done.output
    # Nothing is landed by it.
    assert list(tmp_path.iterdir()) == []


def test_as_json_each_source_has_its_steps(simulator: Simulator) -> None:
    done = probed(simulator.environment, "axis", "--json")
    found = json.loads(done.output)
    assert (done.exit_code, found["is_well"], set(found["sources"])) == (0, True, {"axis"})
    names = [step["name"] for step in found["sources"]["axis"]]
    assert names == ["AXIS: Tên máy", "AXIS: Kết nối", "AXIS: Trả lời", "Chữ ký và hàng đợi"]


@pytest.mark.parametrize(
    ("source", "wrong", "step", "words"),
    [
        (
            "axis",
            {"AXIS_URL": "https://khong-co.invalid"},
            "AXIS: Tên máy",
            "không tìm thấy máy tên khong-co.invalid. Kiểm tra AXIS_URL",
        ),
        ("axis", {"AXIS_URL": "http://127.0.0.1:9"}, "AXIS: Kết nối", "nhờ người quản trị mạng mở đường"),
        (
            "axis",
            {"AXIS_SECRET": WRONG},
            "Chữ ký và hàng đợi",
            "trục báo lỗi 401. Trục nói: “Chu ky khong hop le”. Kiểm tra AXIS_SYSTEM_ID",
        ),
        ("portal", {"PORTAL_CLIENT_SECRET": WRONG}, "Đăng nhập", "“Invalid client secret”"),
        (
            "portal",
            {"PORTAL_REALM": "khac"},
            "Đăng nhập",
            "không có realm hoặc địa chỉ đăng nhập này. Kiểm tra PORTAL_SSO_URL",
        ),
        (
            "portal",
            {"PORTAL_PROXY": "http://127.0.0.1:9"},
            "PORTAL: Kết nối",
            "máy ủy nhiệm (proxy) 127.0.0.1:9. Kiểm tra PORTAL_PROXY",
        ),
        ("tthc", {"TTHC_PASSWORD": WRONG}, "Đăng nhập", "Kiểm tra TTHC_USERNAME, TTHC_PASSWORD"),
    ],
)
def test_a_broken_set_up_is_told_at_the_step_that_fails(
    simulator: Simulator, source: str, wrong: Settings, step: str, words: str
) -> None:
    done = probed(simulator.environment | wrong, source, "--json")
    assert done.exit_code == 1
    last = json.loads(done.output)["sources"][source][-1]
    assert (last["name"], last["is_well"]) == (step, False)
    assert words in last["told"]
    assert WRONG not in done.output


def axis_at(url: str) -> Settings:
    return {"AXIS_URL": url, "AXIS_SYSTEM_ID": "vxp.dongnai.01", "AXIS_SECRET": "s"}


@pytest.mark.parametrize("source", ["scores", "score_files"])
def test_a_code_of_the_office_that_the_scores_do_not_know_is_told(
    simulator: Simulator, tmp_path: Path, source: str
) -> None:
    with Workbook(tmp_path / "bao_cao_T10_2025.xlsx") as book:
        book.grid("Điểm tháng", [["MA_COQUAN", *PARTS], ["H19", *range(len(PARTS))]])
    given = simulator.environment | {"SCORES_DIR": str(tmp_path)}
    assert probed(given, source).exit_code == 0
    done = probed(given | {"MTCL_ORG_CODE": "H99"}, source)
    assert done.exit_code == 1
    assert "mã H99. Kiểm tra MTCL_ORG_CODE" in done.output


@pytest.mark.parametrize(("minutes", "words"), [(-47, "nhanh hơn nguồn 47 phút"), (12, "chậm hơn nguồn 12 phút")])
def test_a_clock_that_is_wrong_is_told_in_minutes(minutes: int, words: str) -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)
    answer = f"HTTP/1.1 404 Not Found\r\nDate: {date}\r\nContent-Length: 0\r\n\r\n".encode()
    with speaking(lambda connection: connection.sendall(answer)) as url:
        done = probed(axis_at(url), "axis")
    assert done.exit_code == 1
    assert words in done.output
    assert "NTP" in done.output


def test_a_certificate_of_an_unknown_authority_is_told_with_the_setting_to_use(tmp_path: Path) -> None:
    authority = Authority(tmp_path)
    with HTTPServer(host="127.0.0.1", ssl_context=authority.server(authority.pair("axis"))) as server:
        done = probed(axis_at(server.url_for("/")), "axis")
    assert done.exit_code == 1
    assert "không được máy này tin cậy" in done.output
    assert "AXIS_CA_BUNDLE" in done.output


def test_the_page_of_a_firewall_is_told_as_a_page(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/").respond_with_data("<html>Request Rejected</html>")
    httpserver.expect_request("/countReceiveEdoc").respond_with_data("<html>Request Rejected</html>")
    done = probed(axis_at(httpserver.url_for("/")), "axis")
    assert done.exit_code == 1
    assert "một trang HTML. Thường là trang của tường lửa" in done.output, done.output


LGSP = {
    "AXIS_GATEWAY": "lgsp",
    "LGSP_ACCESS_KEY": "khoa",
    "LGSP_SECRET_KEY": WRONG,
    "LGSP_APP_NAME": "mtcl",
    "LGSP_PARTNER_CODE": "H19",
}


def refused_by_lgsp(httpserver: HTTPServer, token: Response, answer: Response) -> list[dict[str, str]]:
    """The steps to an axis behind such a gateway."""
    httpserver.expect_request("/token").respond_with_response(token)
    httpserver.expect_request("/axis/countReceiveEdoc").respond_with_response(answer)
    given = axis_at(httpserver.url_for("/axis")) | LGSP | {"LGSP_URL": httpserver.url_for("/token")}
    done = probed(given, "axis", "--json")
    assert done.exit_code == 1
    assert WRONG not in done.output
    steps: list[dict[str, str]] = json.loads(done.output)["sources"]["axis"]
    return steps


def test_keys_that_the_gateway_does_not_take_are_told_at_its_own_step(httpserver: HTTPServer) -> None:
    refusal = Response(json.dumps({"message": f"Sai khóa {WRONG}"}), status=401)
    last = refused_by_lgsp(httpserver, refusal, Response("{}"))[-1]
    assert last["name"] == "AXIS: Cổng LGSP"
    assert "cổng LGSP không cấp token: “Sai khóa …”" in last["told"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Response(json.dumps({"error_code": 101})), "cổng LGSP không cho địa chỉ của máy này (mã 101 IP_DISALLOWED)"),
        (Response("{}", status=403), "cổng LGSP hoặc nguồn sau cổng không cho gọi dịch vụ này"),
        (Response("{}", status=429), "vượt quá số yêu cầu mà cổng LGSP cho phép"),
    ],
)
def test_what_the_gateway_refuses_afterwards_is_told_as_its_own(
    httpserver: HTTPServer, answer: Response, words: str
) -> None:
    *_, gateway, question = refused_by_lgsp(httpserver, Response(json.dumps({"access_token": "t"})), answer)
    assert (gateway["name"], gateway["told"]) == ("AXIS: Cổng LGSP", "đã được cho vào")
    assert words in question["told"]


def test_all_of_a_province_is_read_through_its_gateway(simulator: Simulator, httpserver: HTTPServer) -> None:
    """It takes its own token away and hands the source's own on, as the header tells it."""
    forgotten = []

    def pass_on(request: Request) -> Response:
        if request.headers.get("Authorization") != f"Bearer t{len(forgotten)}":
            return Response(status=401)
        if len(httpserver.log) % 5 == 0:
            # Now and then it forgets whom it has let in.
            forgotten.append(request.path)
        kept = {name: text for name, text in request.headers if name not in ("Host", "Authorization")}
        own = kept.pop("X-Authentication-Token", None)
        answer = requests.request(
            request.method,
            f"{url}{request.path}",
            params=request.args.to_dict(flat=False),
            data=request.get_data(),
            headers=kept | ({"Authorization": f"Bearer {own}"} if own else {}),
            timeout=20,
        )
        return Response(answer.content, status=answer.status_code, content_type=answer.headers.get("Content-Type"))

    url = simulator.url.rstrip("/")
    httpserver.expect_request("/lgsp/token").respond_with_handler(
        lambda request: Response(json.dumps({"access_token": f"t{len(forgotten)}"}))
    )
    httpserver.expect_request(re.compile(".*")).respond_with_handler(pass_on)
    here = httpserver.url_for("").rstrip("/")
    given = {name: value.replace(url, here) for name, value in simulator.environment.items()}
    given |= LGSP | {"LGSP_URL": f"{here}/lgsp/token"}
    given |= {f"{wire}_GATEWAY": "lgsp" for wire in ("PORTAL", "PORTAL_SSO", "TTHC", "TTHC_PUBLIC", "SCORES")}
    done = probed(given)
    assert done.exit_code == 0, done.output
    assert "nguồn báo 60 hồ sơ" in done.output
    assert forgotten


def test_what_a_security_server_refuses_is_told(httpserver: HTTPServer) -> None:
    refusal = Response("{}", status=500, headers={"X-Road-Error": "Server.ServerProxy.AccessDenied"})
    httpserver.expect_request("/r1/VN/GOV/H19/truc/vxp/countReceiveEdoc").respond_with_response(refusal)
    given = {"AXIS_GATEWAY": "xroad", "XROAD_CLIENT": "VN/GOV/H19/mtcl", "XROAD_SERVICE_AXIS": "VN/GOV/H19/truc/vxp"}
    done = probed(axis_at(httpserver.url_for("/")) | given, "axis")
    assert done.exit_code == 1
    assert "cấp quyền cho XROAD_CLIENT" in done.output


def test_keys_of_a_gateway_that_nothing_goes_by_end_with_2() -> None:
    done = probed(axis_at("https://truc.example") | {"LGSP_SECRET_KEY": WRONG}, "axis")
    assert done.exit_code == 2
    assert "Đã khai báo LGSP_SECRET_KEY nhưng không có S_GATEWAY=lgsp" in done.output
    assert WRONG not in done.output


@pytest.mark.parametrize(
    ("arguments", "words"), [(["khac"], "Không có nguồn khac"), (["tthc"], "Chưa khai báo nguồn tthc")]
)
def test_a_source_that_nobody_knows_or_has_set_ends_with_2(arguments: list[str], words: str) -> None:
    done = probed(axis_at("https://truc.example"), *arguments)
    assert done.exit_code == 2
    assert words in done.output
