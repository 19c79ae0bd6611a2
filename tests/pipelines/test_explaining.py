"""What `mtcl explain` says: lives of dossiers in, sentences out; and what it tells adds up to the published figures."""

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from assets.reports.asking import Publication
from assets.reports.explanation import questions
from assets.reports.explanation.facts import explain, similar
from assets.reports.explanation.questions import Counted
from assets.reports.explanation.story import story
from assets.reports.explanation.verdict import part
from tests.models.dossier_sources import DossierSources
from warehouse import reading


CLOSING = date(2025, 12, 31)
# What an explanation asks of the published file; all that these stand on is built too.
ASKED = (
    "core.dossier_populations",
    "core.dossier_rejections",
    "core.dossier_weights",
    "core.headline_period",
    "core.open_dossiers",
    "core.pause_rulings",
    "core.procedures_configured",
    "core.unit_scopes",
    "marts.dossier_clock",
)
OTHERS = {
    "marts.anomaly": """
        select 'T01' as trap, 'dossier' as record_kind, 'MOVED' as record_key,
            'Hồ sơ MOVED: ngày hẹn bị dời' as sentence
    """,
    "marts.due_date_change": """
        select date '2025-12-31' as closing_date, 'EARLY' as dossier_code, 'new_calendar' as cause,
            timestamp '2025-03-11 16:30' as due_on_effective_before,
            timestamp '2025-03-10 16:30' as due_on_effective_after
    """,
}
# Accepted Monday 03/03/2025 08:00, five working days, promised for Monday 10/03 16:30, unless a row says otherwise.
LIVES = """
code        | completed        | supplements                                                            | group
------------+------------------+------------------------------------------------------------------------+------
EARLY       | 2025-03-06 15:00 |                                                                        | 1
ON-THE-DAY  | 2025-03-10 23:10 |                                                                        | 1
PAUSED-ONCE | 2025-03-13 15:00 | 2025-03-07 09:00..2025-03-12 10:00                                     | 2
LATE        | 2025-03-14 15:00 | 2025-03-04 08:00..2025-03-05 08:00, 2025-03-06 08:00..2025-03-10 08:00 | 2
ASKED-LATE  | 2025-03-12 15:00 | 2025-03-11 08:00..2025-03-12 10:00                                     | 9
"""
STATES = """
code     | status                   | completed
---------+--------------------------+-----------------
RETURNED | Công dân yêu cầu rút hồ sơ | 2025-03-07 10:00
OVERDUE  | Đang xử lý               |
ASIDE    | Đã trả kết quả           |
REFUSED  | Không được tiếp nhận     |
"""
OPEN = """
code     | status                  | accepted         | appointment      | supplements
---------+-------------------------+------------------+------------------+-------------------
IN-TIME  | Đang xử lý              | 2025-12-30 08:00 | 2026-01-07 16:30 |
WAITING  | Yêu cầu bổ sung giấy tờ | 2025-12-22 08:00 | 2025-12-29 16:30 | 2025-12-26 08:00..
"""


@pytest.fixture(scope="module")
def publication(tmp_path_factory: pytest.TempPathFactory) -> Publication:
    """The lives above, computed by the real models as at the end of the year."""
    folder = tmp_path_factory.mktemp("lives")
    dossiers = DossierSources(folder, ASKED)
    dossiers.given(LIVES)
    dossiers.given(STATES)
    dossiers.given(OPEN)
    dossiers.given("code | completed\nUNDATED | 2025-03-10 15:00", appointment="")
    dossiers.given("code | completed\nHOURS | 2025-03-10 16:42", limit="4 h", accepted="2025-03-10 11:00")
    dossiers.given(
        "code | completed\nLAST-YEAR | 2024-12-30 10:00", accepted="2024-12-23 08:00", appointment="2024-12-30 16:30"
    )
    dossiers.given(
        "code | completed\nHOLIDAYS | 2025-05-06 10:00", accepted="2025-04-25 08:00", appointment="2025-05-06 16:30"
    )
    dossiers.given("code | completed\nMOVED | 2025-03-12 15:00")
    dossiers.given("code | completed\nMOVED | 2025-03-12 15:00", appointment="2025-03-14 16:30")
    dossiers.given("code | completed\nROOMY | 2025-03-12 15:00", appointment="2025-03-12 16:30")
    dossiers.given(
        """
        code    | appointment      | supplements
        --------+------------------+-----------------------------------
        HOLDS   | 2025-03-12 16:30 | 2025-03-05 08:00..2025-03-07 08:00
        UNCLEAR | 2025-03-11 16:30 | 2025-03-05 08:00..2025-03-07 08:00
        """,
        completed="2025-03-12 15:00",
    )
    dossiers.given("code\n000.00.01.H19-250303-0001\n000.00.02.H19-250303-0001", completed="2025-03-10 15:00")
    dossiers.build(CLOSING)
    for table, rows in OTHERS.items():
        dossiers.query(f"create table {table} as {rows}")
    dossiers.close()
    return Publication(folder / "warehouse.duckdb")


def told(publication: Publication, code: str) -> str:
    found = explain(publication, code)
    assert found
    return "\n".join(story(found))


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "EARLY",
            [
                "Tiếp nhận lúc 08:00 ngày 03/03/2025. Thời hạn của thủ tục là 5 ngày làm việc, nên hạn theo quy định "
                "là 16:30 ngày 10/03/2025. Ngày hẹn trả đầu tiên là 16:30 ngày 10/03/2025, đúng theo quy định",
                "có 2 ngày nghỉ cuối tuần, không có ngày lễ nào.",
                "Đồng hồ không dừng lần nào.",
                "Kết thúc xử lý lúc 15:00 ngày 06/03/2025, sớm hơn 2 ngày làm việc (4 ngày lịch) so với hạn 16:30 ngày "
                "10/03/2025. Phân loại: Trước hạn.",
                "MT1 và MT1b (hộ gia đình, cá nhân)",
                "theo lịch dương tháng 03/2025, quý I/2025, 6 tháng đầu năm 2025, 9 tháng đầu năm 2025 và cả năm 2025",
                "R1 (chính): vào cả tử số và mẫu số.",
                "Lịch làm việc hoặc danh mục sửa đổi đã dời hạn từ 16:30 ngày 11/03/2025 đến 16:30 ngày 10/03/2025",
                "Không có dấu hiệu bất thường nào",
                "Ngày chốt 31/12/2025",
            ],
        ),
        (
            "ON-THE-DAY",
            ["vừa đúng hạn 16:30 ngày 10/03/2025. Phân loại: Đúng hạn.", "Thời hạn theo ngày: so sánh ngày (P-15)"],
        ),
        (
            "PAUSED-ONCE",
            [
                "lần 1, từ 09:00 ngày 07/03/2025 đến 10:00 ngày 12/03/2025: được tính, cộng 3 ngày làm việc.",
                "hạn dời từ 16:30 ngày 10/03/2025 đến 16:30 ngày 13/03/2025.",
                "Phân loại: Đúng hạn.",
                "MT1 và MT1a (tổ chức)",
                "Nếu không tính tạm dừng thì hồ sơ đã quá hạn 3 ngày làm việc.",
            ],
        ),
        (
            "LATE",
            [
                "lần 2, từ 08:00 ngày 06/03/2025 đến 08:00 ngày 10/03/2025: không được tính, vì chỉ lần đầu tiên",
                "muộn hơn 3 ngày làm việc (3 ngày lịch) so với hạn 16:30 ngày 11/03/2025. Phân loại: Quá hạn.",
                "R1 (chính): chỉ vào mẫu số, làm tỷ lệ giảm.",
                "B: không tính, vì không còn đang giải quyết.",
                "chỉ khi nguồn sửa lại ngày kết thúc hoặc các lần tạm dừng.",
            ],
        ),
        (
            "ASKED-LATE",
            [
                "chưa xác định được người nộp là tổ chức hay cá nhân",
                "không được tính, vì được đề nghị khi đã quá ngày hẹn trả.",
                "Hạn vẫn là 16:30 ngày 10/03/2025.",
                "riêng MT1 (chưa rõ nhóm đối tượng)",
                "thì hồ sơ còn vào MT1a hoặc MT1b.",
            ],
        ),
        (
            "RETURNED",
            [
                "nên không phải là một kết quả giải quyết. Phân loại: Xin rút hồ sơ.",
                "R1 (chính): loại trừ, nêu riêng bên cạnh.",
                "R1s: vào cả tử số và mẫu số.",
                "nếu Văn phòng quyết định như vậy (P-04).",
            ],
        ),
        (
            "OVERDUE",
            [
                "Đến ngày chốt 31/12/2025 hồ sơ chưa xong; hạn 16:30 ngày 10/03/2025 "
                "đã qua 207 ngày làm việc (296 ngày lịch).",
                "Phân loại: Đang giải quyết quá hạn.",
                "R1 (chính): không tính, vì chưa kết thúc trong khoảng này.",
                "R3: chỉ vào mẫu số, làm tỷ lệ giảm.",
                "B: vào cả tử số và mẫu số, làm tỷ lệ tồn đọng tăng.",
            ],
        ),
        (
            "IN-TIME",
            [
                "hạn là 16:30 ngày 07/01/2026, còn 3 ngày làm việc. Phân loại: Đang giải quyết trong hạn.",
                "01/01/2026 nghỉ lễ",
                "Hồ sơ thành quá hạn nếu hết ngày 07/01/2026 vẫn chưa xong.",
                "R3: không tính, vì đang giải quyết, chưa quá hạn.",
            ],
        ),
        (
            "WAITING",
            [
                "từ 08:00 ngày 26/12/2025 đến nay chưa xong: được tính, đến ngày chốt cộng 3 ngày làm việc.",
                "hồ sơ đang tạm dừng, không bị tính là quá hạn; hạn hiện là 16:30 ngày 05/01/2026. Phân loại: "
                "Tạm dừng.",
            ],
        ),
        (
            "UNDATED",
            [
                "Không có ngày hẹn trả, nên lấy hạn theo quy định làm lời hứa với người nộp.",
                "Nếu nguồn có ngày hẹn trả, lời hứa được tính theo ngày đó.",
            ],
        ),
        (
            "HOURS",
            ["Thời hạn của thủ tục là 4 giờ làm việc", "muộn hơn 12 phút so với hạn 16:30 ngày 10/03/2025."],
        ),
        ("LAST-YEAR", ["R2: không tính, vì đã kết thúc trước ngày 01/01/2025."]),
        (
            "HOLIDAYS",
            ["26/04/2025 làm bù, 30/04/2025 nghỉ lễ, 01/05/2025 nghỉ lễ, 02/05/2025 nghỉ hoán đổi (theo TB 6150"],
        ),
        (
            "MOVED",
            [
                "Nay ngày hẹn trên hệ thống là 16:30 ngày 14/03/2025, nhưng hẹn lại không làm đổi lời hứa",
                "Phân loại: Quá hạn.",
                "Theo ngày hẹn hiện tại 14/03/2025 thì không quá hạn, nhưng ngày hẹn lại không được dùng.",
                "T01: ngày hẹn bị dời.",
            ],
        ),
        (
            "ROOMY",
            [
                "muộn hơn quy định 2 ngày; nhưng chỉ thấy sau khi đã hết hạn",
                "tính theo hạn sớm hơn, 16:30 ngày 10/03/2025",
                "Nếu giấy hẹn cho thấy hạn đến 12/03/2025 thì không quá hạn",
            ],
        ),
        (
            "HOLDS",
            ["Ngày hẹn đầu tiên đã gồm thời gian ấy nên không cộng thêm: hạn là 16:30 ngày 12/03/2025.", "Đúng hạn"],
        ),
        (
            "UNCLEAR",
            ["nên không cộng vào ngày hẹn: hạn là 16:30 ngày 11/03/2025; nếu chưa gồm thì là 16:30 ngày 13/03/2025."],
        ),
        (
            "ASIDE",
            [
                "Không có hoặc không đọc được: kết thúc xử lý.",
                "Hồ sơ đã kết thúc nhưng thiếu ngày kết thúc xử lý (tách riêng từ",
                "Việc cần làm: Mở hồ sơ trên hệ thống một cửa, sửa rồi chạy lại",
            ],
        ),
        ("REFUSED", ["Hồ sơ không được tiếp nhận, nên không có hạn và không vào chỉ tiêu nào."]),
    ],
)
def test_a_life_is_told_as_it_was(publication: Publication, code: str, sentences: list[str]) -> None:
    text = told(publication, code)
    assert [sentence for sentence in sentences if sentence not in text] == [], text


def test_a_code_is_found_as_people_write_it_and_the_nearest_are_named(first_night: Path) -> None:
    published = Publication(first_night / "published" / "mtcl.duckdb")
    ask = "select dossier_code from core.dossier_intake where dossier_code like '000.20.02.%' order by all"
    code = reading.ask(published.path, ask).rows[0][0]
    for written in (code, code.lower(), code.replace("-", " "), f"  {code.replace('-', '–')}\n", code.replace(".", "")):
        assert similar(published, written) == (code, []), written
    assert similar(published, "H19")[0] is None
    assert similar(published, code[:-1] + "~")[0] is None
    found, nearest = similar(published, code[:-1] + "X")
    assert found is None
    assert code in nearest
    assert similar(published, "khong-co-ho-so-nao-nhu-the") == (None, [])


def test_an_ending_that_two_dossiers_share_is_answered_with_both(publication: Publication) -> None:
    assert similar(publication, "250303 0001") == (None, ["000.00.01.H19-250303-0001", "000.00.02.H19-250303-0001"])
    assert similar(publication, "02.H19 250303 0001") == ("000.00.02.H19-250303-0001", [])


def test_what_is_told_of_each_dossier_adds_up_to_the_published_figures(first_night: Path) -> None:
    """The province from the beginning of the year, all definitions: numerator, denominator and exclusions."""
    file = first_night / "published" / "mtcl.duckdb"
    parts: Counter[tuple[str, str]] = Counter()
    with duckdb.connect(str(file.resolve()), read_only=True) as reader:
        for (code,) in reader.execute("select dossier_code from marts.dossier_clock").fetchall():
            answer = reader.execute(questions.COUNTED.sql, {"code": code})
            columns = [column[0] for column in answer.description or ()]
            told = [Counted(**dict(zip(columns, row, strict=True))) for row in answer.fetchall()]
            parts.update((row.definition, part(row)) for row in told)
        figures = reader.execute("""
            select definition, numerator, denominator, excluded from marts.indicator_result
            where indicator = 'MT1' and applicant_group = 'all' and period_calendar = 'iso'
                and period_kind = 'year_to_date' and unit_code = (select org_code from reference.closing)
        """).fetchall()
    assert {name for name, *_ in figures} == {definition for definition, _ in parts}
    for name, numerator, denominator, excluded in figures:
        met, failed = parts[name, "met"], parts[name, "failed"]
        assert (met, met + failed, parts[name, "excluded"]) == (numerator, denominator, excluded), name
