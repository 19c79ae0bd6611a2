"""MT3.3, MT3.4 and MT3: complete content, both sides in agreement, and all of it together, as at a day."""

import json
import os
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.models.dossier_sources import rows_of
from tests.models.procedure_sources import (
    DECISION,
    NATIONAL,
    PORTAL,
    Observation,
    ProcedureSources,
    announced,
    numbered,
)


def observed(codes: list[str], columns: list[dict[str, str]]) -> Observation:
    """One evening at procedures that differ in some columns."""
    national = [NATIONAL | {"code": code} | row for code, row in zip(codes, columns, strict=True)]
    return Observation(datetime(2025, 9, 1, 20), national, [DECISION], [PORTAL])


PLACEHOLDERS = [
    ("name", "<p>&nbsp;</p>", "Tên TTHC"),
    ("steps", "", "Trình tự thực hiện"),
    ("steps", "Đang cập nhật", "Trình tự thực hiện"),
    ("steps", "<div><p> Theo quy định. </p></div>", "Trình tự thực hiện"),
    ("steps", "N/A", "Trình tự thực hiện"),
    ("steps", "-", "Trình tự thực hiện"),
    ("steps", "...", "Trình tự thực hiện"),
    ("steps", "KHÔNG", "Trình tự thực hiện"),
    ("steps", "Không có", "Trình tự thực hiện"),
    ("channel", "", "Cách thức thực hiện"),
    ("paper", "Không quy định", "Thành phần, số lượng hồ sơ"),
    ("copies", "", "Thành phần, số lượng hồ sơ"),
    ("limit", "", "Thời hạn giải quyết"),
    ("applicant", "", "Đối tượng thực hiện"),
    ("agency", "&nbsp;", "Cơ quan giải quyết"),
    ("form", "", "Mẫu đơn, mẫu tờ khai"),
    ("result", "", "Kết quả thực hiện"),
    ("condition", "Không", "Yêu cầu, điều kiện"),
    ("condition", "", "Yêu cầu, điều kiện"),
    ("fee", "", "Phí, lệ phí"),
]
NOT_AUTOMATIC = {"Mẫu đơn, mẫu tờ khai", "Kết quả thực hiện", "Yêu cầu, điều kiện", "Phí, lệ phí"}


def test_a_placeholder_is_an_empty_field_and_the_reason_names_it(procedures: ProcedureSources) -> None:
    codes = numbered(len(PLACEHOLDERS))
    gaps = [{column: text} for column, text, _ in PLACEHOLDERS]
    procedures.show(observed(codes, gaps)).build("2025-09-30")
    for definition, judged in (("STD", set()), ("Q766", NOT_AUTOMATIC)):
        expected = [
            ("met", None) if missing in judged else ("failed", f"Trống hoặc chỉ có giá trị giữ chỗ: {missing}")
            for *_, missing in PLACEHOLDERS
        ]
        assert (
            procedures.query(
                "select outcome, reason from indicators.mt3 where indicator = 'MT3.3' and on_date = date '2025-09-30'"
                f" and definition = '{definition}' order by record_key"
            )
            == expected
        )


CONTENTS: list[tuple[dict[str, str], str]] = [
    ({}, "met"),
    ({"steps": "<p>Bước 1: nộp hồ sơ</p>"}, "met"),
    ({"steps": "Không quá 5 ngày"}, "met"),
    ({"condition": "<p>Không có.</p>"}, "met"),
    ({"condition": "Không quy định"}, "met"),
    ({"result": "Không có"}, "met"),
    ({"limit": "", "limit_note": "Trong ngày làm việc"}, "met"),
    ({"paper": "Bản sao giấy tờ tùy thân", "form": ""}, "met"),
    ({"fee": "0"}, "met"),
    ({"fee": "", "fee_note": "Không thu phí"}, "met"),
    ({"fee": "1.000.000"}, "met"),
    ({"fee": "", "fee_note": "Không có thông tin"}, "NOI_DUNG_MO_HO"),
    ({"fee": "0", "fee_note": "Không có thông tin"}, "NOI_DUNG_MO_HO"),
    ({"fee": "5000", "fee_note": "Không có thông tin"}, "met"),
    ({"fee": "", "fee_note": "Không có thông tin", "steps": ""}, "THIEU_NOI_DUNG"),
    ({"condition": "Không có thông tin"}, "THIEU_NOI_DUNG"),
    ({"status": "9"}, "TRANG_THAI_LA"),
    ({"status": "Đang công khai sửa đổi, bổ sung"}, "met"),
]


def test_complete_content(procedures: ProcedureSources) -> None:
    codes = numbered(len(CONTENTS))
    procedures.show(observed(codes, [columns for columns, _ in CONTENTS])).build("2025-09-30")
    judged = procedures.outcomes("MT3.3")
    assert [(columns, judged[code]) for code, (columns, _) in zip(codes, CONTENTS, strict=True)] == CONTENTS


def test_what_is_rescinded_or_gone_is_not_in_the_list(procedures: ProcedureSources) -> None:
    procedures.observe("2025-09-01 20:00", "code | status\n1.000001 | 1\n1.000002 | Bãi bỏ\n1.000003 | 1")
    procedures.observe("2025-09-15 20:00", "code\n1.000001")
    procedures.build("2025-09-30")
    assert procedures.query(
        "select as_at, procedure_code, observed_on from core.procedures_in_scope"
        " where as_at in (date '2025-09-14', date '2025-09-30') order by all"
    ) == [
        (date.fromisoformat("2025-09-14"), "1.000001", date.fromisoformat("2025-09-14")),
        (date.fromisoformat("2025-09-14"), "1.000003", date.fromisoformat("2025-09-14")),
        (date.fromisoformat("2025-09-30"), "1.000001", date.fromisoformat("2025-09-30")),
    ]


def test_a_stock_is_told_of_days_somebody_looked_and_of_the_closing_date_alone_before(
    procedures: ProcedureSources,
) -> None:
    procedures.observe("2025-05-20 20:00", "code | steps\n1.000001 |")
    procedures.observe("2025-07-02 20:00", "code | steps\n1.000001 | Nộp hồ sơ")
    procedures.build("2025-08-20")
    told = "select on_date, outcome from indicators.mt3 where indicator = 'MT3.3' and definition = 'STD' order by 1"
    assert procedures.query(told) == [
        (date.fromisoformat(day), outcome)
        for day, outcome in (
            ("2025-05-31", "failed"), ("2025-06-14", "failed"), ("2025-06-30", "failed"),
            ("2025-07-14", "met"), ("2025-07-31", "met"), ("2025-08-14", "met"), ("2025-08-20", "met"),
        )
    ]  # fmt: skip
    # A closing date before the first run takes what was known first, and only for itself.
    assert procedures.build("2025-03-31").query(told) == [(date.fromisoformat("2025-03-31"), "failed")]


def test_a_portal_never_read_leaves_synchronisation_untold_and_the_whole_open(procedures: ProcedureSources) -> None:
    procedures.observe("2025-09-01 20:00", portal=None).build("2025-09-30")
    assert procedures.outcomes("MT3.4") == {}
    assert procedures.outcomes("MT3") == {"1.000001": "MT3.4"}


NAMES = "code | name\n"


@pytest.mark.parametrize(
    ("national", "portal", "expected"),
    [
        ("1.000001 | Khai sinh", "1.000001 | Khai sinh", {"1.000001": "KHOP"}),
        ("1.000001 | Khai sinh", "1.000001 | KHAI  SINH", {"1.000001": "KHOP"}),
        ("1.000001 | Khai sinh", "1.000001 | Khai sính", {"1.000001": "LECH_NOI_DUNG"}),
        ("1.000001 | Khai sinh", "1.000001.000.00.00.H19 | Khai sinh", {"1.000001": "KHOP"}),
        ("1.000001.000.00.00.H19 | Khai sinh", "1.000001.H19 | Khai sinh", {"1.000001.000.00.00.H19": "KHOP"}),
        (
            "1.000001 | Khai sinh",
            "1.000002 | Kết hôn",
            {"1.000001": "THIEU_TREN_CONG", "1.000002": "THUA_TREN_CONG"},
        ),
        # The whole code decides before its national part does.
        (
            "1.000001 | Khai sinh\n1.000001.000.00.00.H19 | Khai tử",
            "1.000001.000.00.00.H19 | Khai tử",
            {"1.000001": "THIEU_TREN_CONG", "1.000001.000.00.00.H19": "KHOP"},
        ),
    ],
)
def test_both_sides_are_compared(
    procedures: ProcedureSources, national: str, portal: str, expected: dict[str, str]
) -> None:
    procedures.observe("2025-09-01 20:00", NAMES + national, portal=NAMES + portal).build("2025-09-30")
    assert dict(procedures.query("select procedure_code, result from marts.procedure_sync")) == expected
    judged = {code: "met" if result == "KHOP" else result for code, result in expected.items()}
    assert procedures.outcomes("MT3.4") == judged


def test_sector_and_level_are_keys_and_the_difference_shows_both_values(procedures: ProcedureSources) -> None:
    procedures.observe(
        "2025-09-01 20:00",
        """
        code     | sector           | level
        1.000001 | G15-HT01 Hộ tịch | 1
        1.000002 | G15-HT01 Hộ tịch | 1
        1.000003 | G15-HT01 Hộ tịch | 1 3
        1.000004 | G15-HT01 Hộ tịch | 1
        1.000005 | G15-HT01 Hộ tịch | 1
        """,
        portal="""
        code     | sector           | level
        1.000001 | G09-DD01 Đất đai | tinh
        1.000002 | HT Hộ tịch       | Cấp tỉnh
        1.000003 | G15-HT01 Tư pháp | Cấp xã
        1.000004 | G15-HT01 Hộ tịch | xa
        1.000005 | G15-HT01 Hộ tịch | Cấp vùng
        """,
    ).build("2025-09-30")
    assert procedures.query(
        "select procedure_code, result_label, differing_keys, difference from marts.procedure_sync order by all"
    ) == [
        ("1.000001", "LỆCH NỘI DUNG", "Lĩnh vực", 'Lĩnh vực ("Hộ tịch" khác "Đất đai")'),
        ("1.000002", "KHỚP", None, None),
        ("1.000003", "KHỚP", None, None),
        ("1.000004", "LỆCH NỘI DUNG", "Cấp thực hiện", 'Cấp thực hiện ("1" khác "3")'),
        # A level nobody has mapped is no evidence against anybody.
        ("1.000005", "KHỚP", None, None),
    ]
    procedures.refer("update reference.sync_keys set is_compared = false where key = 'cap'")
    assert procedures.build("2025-09-30").outcomes("MT3.4")["1.000004"] == "met"


def test_a_portal_that_stands_on_an_earlier_version_is_behind_and_not_different(procedures: ProcedureSources) -> None:
    procedures.observe("2025-09-01 20:00", NAMES + "1.000001 | Khai sinh", portal=NAMES + "1.000001 | Khai sinh")
    procedures.observe("2025-09-10 20:00", NAMES + "1.000001 | Khai sinh mới", portal=NAMES + "1.000001 | Khai sinh")
    procedures.build("2025-09-30")
    assert procedures.outcomes("MT3.4") == {"1.000001": "LECH_PHIEN_BAN"}
    assert procedures.outcomes("MT3.4", on="2025-09-14") == {"1.000001": "LECH_PHIEN_BAN"}


def test_rescinded_and_still_offered_says_so(procedures: ProcedureSources) -> None:
    both = "code\n1.000001\n1.000002"
    procedures.observe("2025-09-01 20:00", both, portal=both).observe("2025-09-10 20:00", portal=both).build(
        "2025-09-30"
    )
    assert procedures.query(
        "select reason from indicators.mt3 where indicator = 'MT3.4' and reason_code = 'THUA_TREN_CONG'"
        " and on_date = date '2025-09-30'"
    ) == [
        (
            "Thừa trên Cổng, đã bãi bỏ nhưng vẫn tiếp nhận: Đăng ký khai sinh"
            " (so với hệ thống thông tin giải quyết TTHC của tỉnh)",
        )
    ]


def test_what_the_record_calls_rescinded_is_rescinded_though_the_list_is_silent(procedures: ProcedureSources) -> None:
    procedures.observe(
        "2025-09-01 20:00",
        """
        code     | status                           | listed_status
        1.000001 | 1                                |
        1.000002 | Bãi bỏ                           |
        1.000003 | Bãi bỏ                           | 1
        1.000004 | 1                                | Bãi bỏ
        1.000005 | 9                                | 1
        1.000006 | Đang công khai sửa đổi, bổ sung  |
        """,
        portal="\n".join(["code", *numbered(6)]),
    ).build("2025-09-30")
    assert procedures.outcomes("MT3.4") == {
        **dict.fromkeys(numbered(6), "met"),
        **dict.fromkeys(numbered(4)[1:], "THUA_TREN_CONG"),
    }
    assert procedures.outcomes("MT3.3") == {"1.000001": "met", "1.000005": "TRANG_THAI_LA", "1.000006": "met"}


def test_what_is_not_in_the_province_s_competence_is_not_in_the_list(procedures: ProcedureSources) -> None:
    procedures.observe(
        "2025-09-01 20:00",
        """
        code     | level | announcer
        1.000001 | 1     | 000.00.00.H19
        1.000002 | 0     | 000.00.00.G15
        1.000003 | 0 1   | 000.00.00.G15
        1.000004 | 3     | G15
        1.000005 | 0     |
        1.000006 |       | G15
        1.000007 | 1     | H20
        1.000008 | 1     | 000.00.00.H10
        1.000009 | 0     | H19
        """,
        portal="code | level\n1.000001 | tinh\n1.000002 | bo\n1.000010 | tinh",
    ).build("2025-09-30")
    ours = {"1.000001", "1.000003", "1.000004", "1.000005", "1.000006", "1.000008", "1.000009"}
    assert procedures.outcomes("MT3.3").keys() == procedures.outcomes("MT3").keys() == ours
    # A ministry's that our one-stop system takes in is no fault of ours, and no match either.
    synchronous = procedures.outcomes("MT3.4")
    assert (synchronous["1.000002"], synchronous["1.000010"]) == ("LOAI_TRU", "THUA_TREN_CONG")
    assert synchronous.keys() == ours | {"1.000002", "1.000010"}


TERMS = [
    # What of the national record and of the one-stop system, and the keys that differ.
    ("5", "", "Sở Tư pháp", "", None),
    ("5", "5 c", "Sở Tư pháp", "", None),
    ("05", "5.0 c", "Sở Tư pháp", "", None),
    ("5", "7 c", "Sở Tư pháp", "", "Thời hạn giải quyết (giá trị, đơn vị)"),
    ("5", "5 d", "Sở Tư pháp", "", "Thời hạn giải quyết (giá trị, đơn vị)"),
    ("5", "5 c; 7 c", "Sở Tư pháp", "", "Thời hạn giải quyết (giá trị, đơn vị)"),
    # Nothing to compare with: no limit, or one that nobody can read.
    ("", "7 c", "Sở Tư pháp", "", None),
    ("Trong ngày", "7 c", "Sở Tư pháp", "", None),
    ("5", "7 w", "Sở Tư pháp", "", None),
    ("5", "", "Sở Tư pháp", "Sở Y tế", "Cơ quan thực hiện"),
    ("5", "", "Sở Tư pháp", "H19.04 Sở Tư pháp tỉnh Đồng Nai", None),
    ("5", "", "000.00.04.H19 Sở Tư pháp", "H19.04 Phòng Một cửa", None),
    ("5", "", "000.00.04.H19 Sở Tư pháp", "H19.04.02 Trung tâm", None),
    ("5", "", "000.00.04.H19 Sở Tư pháp", "H19.40 Sở khác", "Cơ quan thực hiện"),
    ("5", "8 c", "", "Sở Y tế", "Thời hạn giải quyết (giá trị, đơn vị)"),
    ("5", "8 c", "Sở Tư pháp", "Sở Y tế", "Cơ quan thực hiện; Thời hạn giải quyết (giá trị, đơn vị)"),
]


def test_time_limit_and_performing_agency_are_keys(procedures: ProcedureSources) -> None:
    codes = numbered(len(TERMS))
    national = [f"{code} | {limit} | {agency}" for code, (limit, _, agency, *_) in zip(codes, TERMS, strict=True)]
    portal = [f"{code} | {limit} | {agency}" for code, (_, limit, _, agency, _) in zip(codes, TERMS, strict=True)]
    header = "code | limit | agency"
    procedures.observe("2025-09-01 20:00", "\n".join([header, *national]), portal="\n".join([header, *portal]))
    found = dict(
        procedures.build("2025-09-30").query("select procedure_code, differing_keys from marts.procedure_sync")
    )
    assert [(*row[:4], found[code]) for code, row in zip(codes, TERMS, strict=True)] == TERMS
    assert procedures.query("select difference from marts.procedure_sync where procedure_code = '1.000004'") == [
        ('Thời hạn giải quyết (giá trị, đơn vị) ("5 ngày" khác "7 ngày")',)
    ]
    procedures.refer("update reference.sync_keys set is_compared = false where key = 'thoi_han'")
    assert procedures.build("2025-09-30").outcomes("MT3.4")["1.000004"] == "met"


def test_p_08_names_the_side_and_a_side_we_cannot_read_has_no_figure(procedures: ProcedureSources) -> None:
    procedures.observe("2025-06-01 20:00").build("2025-07-31")
    compared = "select distinct as_at, compared_with from core.procedure_sync order by 1"
    assert procedures.query(
        "select distinct as_at, compared_label, contains(compared_keys, 'Thời hạn') from core.procedure_sync"
        " where as_at in (date '2025-06-30', date '2025-07-31') order by 1"
    ) == [
        (date(2025, 6, 30), "Cổng Dịch vụ công của tỉnh", True),
        (date(2025, 7, 31), "hệ thống thông tin giải quyết TTHC của tỉnh", True),
    ]
    assert [side for _, side in procedures.query(compared)] == [
        *["cong_dvc_tinh"] * 2, *["he_thong_giai_quyet_va_cong_quoc_gia"] * 2
    ]  # fmt: skip
    procedures.decide("P-08", {"den_2025-06-30": "cong_dvc_tinh", "tu_2025-07-01": "cong_quoc_gia"})
    assert procedures.build("2025-07-31").outcomes("MT3.4") == {}
    assert procedures.outcomes("MT3.4", on="2025-06-30") == {"1.000001": "met"}
    # Of several days from which a side holds, the latest that has come.
    procedures.decide(
        "P-08", {"tu_2025-01-01": "cong_dvc_tinh", "tu_2025-07-20": "he_thong_giai_quyet_va_cong_quoc_gia"}
    )
    assert [side for _, side in procedures.build("2025-07-31").query(compared)] == [
        *["cong_dvc_tinh"] * 3, "he_thong_giai_quyet_va_cong_quoc_gia"
    ]  # fmt: skip


def test_secret_and_internal_procedures_are_excluded_everywhere(procedures: ProcedureSources) -> None:
    procedures.refer(
        "insert into reference.procedure_exclusions values ('1.000001', 'TTHC mật', 'QĐ 1/QĐ-UBND', null, null)"
    )
    procedures.observe("2025-09-01 20:00", *announced("2025-06-18", "2025-04-01>2025-06-20")).build("2025-09-30")
    for indicator in ("MT3.1", "MT3.2", "MT3.3", "MT3.4", "MT3"):
        assert procedures.outcomes(indicator) == {"1.000001": "LOAI_TRU"}, indicator


def test_the_whole_holds_only_where_every_part_does(procedures: ProcedureSources) -> None:
    procedures.observe(
        "2025-09-01 20:00",
        """
        code     | decision | basis                 | steps     | fee_note           | fee
        1.000001 | D0       |                       | Nộp hồ sơ |                    | 0
        1.000002 | D1       | 2025-06-01>2025-09-10 | Nộp hồ sơ |                    | 0
        1.000003 | D1       | 2025-06-01>2025-08-31 | -         |                    | 0
        1.000004 | D0       |                       | Nộp hồ sơ | Không có thông tin |
        1.000005 | D0       |                       | Nộp hồ sơ |                    | 0
        """,
        "id | signed | amended\nD1 | 2025-08-29 | 1.000002 1.000003",
        portal="code\n1.000001\n1.000002\n1.000003\n1.000004",
    ).build("2025-09-30")
    assert procedures.outcomes("MT3") == {
        "1.000001": "met",
        "1.000002": "met",
        "1.000003": "MT3.1+MT3.3",
        "1.000004": "MT3.3",
        "1.000005": "MT3.4",
    }
    assert dict(procedures.query(
        "select record_key, outcome from indicators.mt3 where indicator = 'MT3' and on_date = date '2025-09-30'"
    ))["1.000004"] == "undetermined"  # fmt: skip


def test_a_thousand_real_procedures_pass(procedures: ProcedureSources) -> None:
    folder = os.environ.get("REAL_SAMPLES_DIR")
    if not folder:
        pytest.skip("REAL_SAMPLES_DIR is not set: the real catalogue is not at hand")
    path = Path(folder) / "tthc" / "get_ds_tthc_da_cong_bo_dvc_service.json"
    rows = json.loads(path.read_text(encoding="utf-8"))
    names = {row["TTHC_MA"]: row["NAME"].replace("|", "/").replace("\n", " ") for row in rows}
    assert len(names) == 1_000
    table = NAMES + "\n".join(f"{code} | {name}" for code, name in names.items())
    assert len(list(rows_of(table))) == 1_000
    procedures.observe("2025-09-01 20:00", table, portal=table).build("2025-09-30")
    assert set(procedures.outcomes("MT3.4").values()) == {"met"}
    assert set(procedures.outcomes("MT3").values()) == {"met"}
    assert len(procedures.outcomes("MT3")) == 1_000
