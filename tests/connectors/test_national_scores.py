"""The national scores on a socket: which rows pass, what a strict or odd gateway does; a saved workbook."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.errors import SourceChanged, SourceRefused, SourceUnavailable
from connectors.http import HttpClient
from connectors.national_scores import NationalScores, Period, received
from connectors.records import Pseudonymiser, Record
from connectors.score_workbooks import ScoreWorkbooks
from connectors.simulator.periods import year_to_date
from connectors.simulator.server import Simulator
from connectors.simulator.truth_dossiers import DossierTruth
from connectors.simulator.world import World


OCTOBER = Period(2025, 10)
ROW = {
    "ID": "426101", "TEN": "UBND tỉnh Đồng Nai", "MA_COQUAN": "H19", "LOAI_COQUAN": "1", "CKMB": "17.89",
    "TDGQ": "18.74", "CLGQ": "8.09", "TTTT": "9.75", "MDHL": "18", "MDSH": "17.3", "TONG_SCORE": "89.77",
    "ROW_STT": "4",
}  # fmt: skip
UNIT = ROW | {"ID": "7", "MA_COQUAN": "H19.101", "TEN": "UBND phường Trấn Biên", "LOAI_COQUAN": "3"}
OTHER = ROW | {"ID": "401621", "MA_COQUAN": "H05", "TEN": "UBND tỉnh Bắc Ninh"}
KEPT = {name: text for name, text in ROW.items() if name not in ("ID", "TEN", "MA_COQUAN")}
TOTALS = {"HS_TOTAL": "1534", "HTDH_TOTAL": "1462", "HTQH_TOTAL": "32", "HTDH": "97.86"}


class Portal:
    """`rest.jsp` with the provinces, the units of ours and one month's totals."""

    def __init__(self, httpserver: HTTPServer, units: list[dict[str, Any]], provinces: list[dict[str, Any]]) -> None:
        self.units, self.provinces, self.largest_page = units, provinces, 1000
        self.asked: list[dict[str, Any]] = []
        self.totals: Callable[[str], list[dict[str, str]]] = lambda unit: [TOTALS]
        httpserver.expect_request("/jsp/rest.jsp", method="POST").respond_with_handler(self.answer)

    def answer(self, request: Request) -> Response:
        params = json.loads(request.form["params"])
        self.asked.append(params)
        rows = self.provinces if params["p_tinh_id"] == "0" else self.units
        if params["service"] == "report_by_month_sum_service":
            return Response(json.dumps(self.totals(params["p_huyen_id"])), content_type="text/plain")
        start = (params["pageIndex"] - 1) * self.largest_page
        page = rows[start : start + min(self.largest_page, params["pageSize"])]
        return Response("\n" + json.dumps(page), content_type="text/plain")


def portal(client_of: Callable[..., HttpClient]) -> NationalScores:
    return NationalScores(client_of("scores", path="/jsp/rest.jsp"))


def scored(source: NationalScores, period: Period = OCTOBER) -> list[Record]:
    return [record for page in source.unit_scores("H19", [period]) for record in page.records]


def payloads(records: list[Record]) -> dict[str, dict[str, str]]:
    return {record.key: json.loads(record.payload) for record in records}


def test_only_codes_and_figures_of_the_province_and_its_units_pass(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Portal(httpserver, [UNIT, OTHER], [OTHER, ROW])
    assert payloads(scored(portal(client_of))) == {
        "2025-10|H19": KEPT,
        "2025-10|H19.101": KEPT | {"LOAI_COQUAN": "3"},
    }
    assert [(one["p_nam"], one["p_thang"], one["p_tinh_id"]) for one in served.asked] == [
        ("2025", "10", "0"),
        ("2025", "10", "426101"),
    ]


def test_a_gateway_that_caps_its_pages_is_asked_on(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Portal(httpserver, [UNIT | {"MA_COQUAN": f"H19.{number}"} for number in range(101, 218)], [ROW])
    served.largest_page = 50
    assert len(scored(portal(client_of))) == 118


def test_a_gateway_that_gives_its_first_page_for_ever_is_left(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    rows = [UNIT | {"MA_COQUAN": f"H19.{number}"} for number in range(101, 151)]
    httpserver.expect_request("/jsp/rest.jsp").respond_with_handler(
        lambda request: Response(json.dumps([ROW] if '"p_tinh_id": "0"' in request.form["params"] else rows))
    )
    assert len(scored(portal(client_of))) == 51


def test_what_is_no_number_does_not_pass_and_what_names_no_unit_is_counted(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    odd = UNIT | {"MDHL": "Nguyễn Văn A 0912345678", "TTTT": 9.75, "MDSH": "17,3"}
    Portal(httpserver, [odd, UNIT | {"MA_COQUAN": "Trấn Biên"}], [ROW])
    (page,) = portal(client_of).unit_scores("H19", [OCTOBER])
    found = payloads(page.records)["2025-10|H19.101"]
    assert (found["TTTT"], found["MDSH"], found["MDHL"], page.refused) == ("9.75", "17.3", "withheld", 1)
    assert found["unreadable"] == "MDHL"
    assert "0912345678" not in str(page)


def test_a_month_that_the_portal_does_not_score_yet_has_no_rows_and_none_at_all_are_told(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Portal(httpserver, [UNIT], [ROW])
    pages = portal(client_of).unit_scores("H19", [OCTOBER, Period(2025, 11)])
    assert len(next(pages).records) == 2
    served.provinces = []
    assert next(pages).records == []
    with pytest.raises(SourceRefused, match="không có đơn vị mã H19"):
        scored(portal(client_of))


def test_totals_are_asked_for_by_the_id_of_the_province(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Portal(httpserver, [UNIT], [OTHER, ROW])
    (page,) = portal(client_of).totals("H19", [OCTOBER])
    assert payloads(page.records) == {"2025-10|H19": {"HS_TOTAL": "1534", "HTDH_TOTAL": "1462", "HTQH_TOTAL": "32"}}
    assert served.asked[-1]["p_tinh_id"] == "426101"


def units(number: int) -> list[dict[str, Any]]:
    return [UNIT | {"ID": str(one), "MA_COQUAN": f"H19.{one}"} for one in range(101, 101 + number)]


def test_totals_of_each_unit_stand_beside_the_province_s(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    served = Portal(httpserver, [*units(3), OTHER], [ROW])
    served.totals = lambda unit: [TOTALS | {"HS_TOTAL": unit or "400"}] if unit != "102" else []
    whole, of_units = portal(client_of).totals("H19", [OCTOBER], [OCTOBER])
    assert {key: payload["HS_TOTAL"] for key, payload in payloads([*whole.records, *of_units.records]).items()} == {
        "2025-10|H19": "400",
        "2025-10|H19.101": "101",
        "2025-10|H19.103": "103",
    }
    assert of_units.told == ()


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        # Every unit is given what the province came to.
        (lambda unit: [TOTALS], ["", "101", "102"]),
        (lambda unit: [] if unit else [TOTALS], ["", "101", "102", "103", "104", "105"]),
    ],
)
def test_a_portal_that_does_not_tell_units_apart_is_told_and_soon_left_alone(
    httpserver: HTTPServer,
    client_of: Callable[..., HttpClient],
    given: Callable[[str], list[dict[str, str]]],
    asked: list[str],
) -> None:
    served = Portal(httpserver, units(50), [ROW])
    served.totals = given
    whole, of_units = portal(client_of).totals("H19", [OCTOBER], [OCTOBER])
    assert (len(whole.records), of_units.records) == (1, [])
    assert "không tách số hồ sơ theo đơn vị" in of_units.told[0]
    assert [one["p_huyen_id"] for one in served.asked if "p_linhvuc" in one] == asked


def test_a_province_that_is_in_no_table_is_named(httpserver: HTTPServer, client_of: Callable[..., HttpClient]) -> None:
    Portal(httpserver, [], [OTHER])
    with pytest.raises(SourceRefused, match="không có đơn vị mã H19"):
        list(portal(client_of).totals("H19", [OCTOBER]))


def test_a_page_of_a_firewall_is_a_changed_source(httpserver: HTTPServer, client_of: Callable[..., HttpClient]) -> None:
    httpserver.expect_request("/jsp/rest.jsp").respond_with_data("<html>Request Rejected</html>")
    with pytest.raises(SourceChanged, match=r"jsp/rest\.jsp: câu trả lời là một trang HTML"):
        scored(portal(client_of))


@pytest.mark.parametrize("faults", ["none", "national_gap"])
def test_the_simulators_portal_tells_what_its_world_comes_to_unless_it_is_to_lie(faults: str) -> None:
    with Simulator(World(dossiers=400, documents=10, procedures=10), faults) as simulator:
        source = NationalScores(HttpClient(simulator.environment["SCORES_URL"], source="scores"))
        year = payloads(scored(source, Period(2025)))
        whole, of_units = source.totals("H19", [Period(2025, 12)], [Period(2025, 12)])
        world = simulator.world
    good, of = DossierTruth(world, world.today).count(year_to_date(world.today), "H19").rates["R2"]
    truth = 20 * good / of
    assert len(year) > 50
    assert float(year["2025-00|H19"]["TDGQ"]) == pytest.approx(truth if faults == "none" else truth * 2 / 3, abs=0.02)
    assert received(whole.records) > 0
    assert (received(of_units.records) == received(whole.records)) is (faults == "none")


HEADER = ["ID", "MA_COQUAN", "LOAI_COQUAN", "TDGQ", "MDHL", "MDSH", "TTTT", "CLGQ", "CKMB", "TONG_SCORE", "ROW_STT"]


def table(*rows: dict[str, str]) -> list[list[str]]:
    return [HEADER, *([row[name] for name in HEADER] for row in rows)]


def write_workbook(path: Path, sheets: dict[str, list[list[str]]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


def test_a_saved_table_gives_the_same_rows_as_the_portal(tmp_path: Path) -> None:
    sheets = {"Điểm tháng": table(OTHER, ROW), "Điểm năm": table(ROW), "Sở Ban": table(UNIT)}
    write_workbook(tmp_path / "bao_cao_thang_10_2025.xlsx", sheets)
    write_workbook(tmp_path / "diem moi nhat.xlsx", sheets)
    (tmp_path / "bao_cao_T9_2025.xlsx").write_bytes(b"PK no workbook")
    folder = ScoreWorkbooks(tmp_path)
    (page,) = folder.scores("H19")
    assert payloads(page.records) == {"2025-10|H19": KEPT, "2025-00|H19": KEPT}
    told = {one.place: one.why for one in folder.left}
    assert set(told) == {"bao_cao_T9_2025.xlsx", "diem moi nhat.xlsx", "bao_cao_thang_10_2025.xlsx, trang Sở Ban"}
    assert "tên tệp không nói tháng nào" in told["diem moi nhat.xlsx"]


def test_what_is_no_file_costs_itself_alone_and_is_told_without_a_person(tmp_path: Path) -> None:
    write_workbook(tmp_path / "bao_cao_T10_2025.xlsx", {"Điểm tháng": table(ROW)})
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "khong-co.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "b.xlsx")
    os.mkfifo(tmp_path / "c.xlsx")
    (tmp_path / os.fsdecode(b"d\xe9.xlsx")).write_bytes(b"")
    write_workbook(tmp_path / "Nguyễn Thị Kín.xlsx", {"Điểm tháng": table(ROW)})
    folder = ScoreWorkbooks(tmp_path, Pseudonymiser(b"a key of the tests"))
    (page,) = folder.scores("H19")
    assert list(payloads(page.records)) == ["2025-10|H19"]
    told = sorted(f"{one.place}: {one.why}" for one in folder.left)
    assert [one.partition(" ")[0] for one in told] == ["(tên", "a.xlsx:", "b.xlsx:", "c.xlsx:", "d�.xlsx:"]
    assert "Kín" not in str(told)


def test_a_folder_that_is_not_there_is_named_by_its_variable(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="SCORES_DIR"):
        list(ScoreWorkbooks(tmp_path / "none").scores("H19"))


def test_the_real_table_of_october_2025(tmp_path: Path, samples: Path) -> None:
    shutil.copy(samples / "scores766" / "bao_cao_T10_2025.xlsx", tmp_path)
    folder = ScoreWorkbooks(tmp_path)
    (page,) = folder.scores("H19")
    found = payloads(page.records)
    assert found["2025-10|H19"] == KEPT
    assert (found["2025-00|H19"]["TONG_SCORE"], found["2025-00|H19"]["ROW_STT"]) == ("90.53", "2")
    assert [one.place.rpartition("trang ")[2] for one in folder.left] == ["Sở Ban", "Xã Phường"]
