"""MT3.5a and MT3.5b: what the register of publications says of the documents that the Office issued."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.registers.catalogue import DOCUMENT_TYPES
from connectors.registers.publications import EXCEPTIONS
from tests.models import publications_slow
from tests.models.document_sources import DocumentSources
from warehouse import building, ledger, models


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentSources]:
    documents = DocumentSources(tmp_path_factory.mktemp("publications"), ("indicators.mt3_5",))
    yield documents
    documents.close()


@pytest.fixture
def documents(opened: DocumentSources) -> DocumentSources:
    opened.forget()
    return opened


def told(documents: DocumentSources, indicator: str) -> dict[str, tuple[str, int | None]]:
    """Document → reason code, or outcome where there is none, and days late."""
    found = documents.warehouse.query(
        "select record_key, coalesce(reason_code, outcome), days_late from indicators.mt3_5 where indicator = $1",
        [indicator],
    )
    return {key: (code, late) for key, code, late in found}


# Signed on Monday 3 March: five working days later is Monday the 10th. Case → row, MT3.5a, MT3.5b.
CASES: list[tuple[dict[str, str], str, str]] = [
    ({"published_on": "2025-03-03"}, "met", "met"),
    ({"published_on": "2025-03-10"}, "met", "met"),
    ({"published_on": "2025-03-11"}, "met", "CONG_KHAI_MUON"),
    ({"published_on": ""}, "TIN_CHUA_CONG_KHAI", "TIN_CHUA_CONG_KHAI"),
    # What is written for a day to come has not happened.
    ({"published_on": "2026-01-05"}, "TIN_CHUA_CONG_KHAI", "TIN_CHUA_CONG_KHAI"),
    ({"published_on": "2025-02-28"}, "TRUOC_NGAY_KY", "TRUOC_NGAY_KY"),
    ({"address": " - "}, "THIEU_DIA_CHI", "THIEU_DIA_CHI"),
    ({"differing_columns": "Ngày công khai"}, "SO_MAU_THUAN", "SO_MAU_THUAN"),
    ({"is_due": "Không", "exception": "K02 Thông tin tiếp cận có điều kiện", "published_on": ""}, "K02", "K02"),
    ({"is_due": "Không", "exception": "K99 Lý do khác", "published_on": ""}, "KHONG_NEU_LY_DO", "KHONG_NEU_LY_DO"),
    ({"is_due": "Không", "exception": "K99 Lý do khác", "exception_reference": "9/QĐ"}, "K99", "K99"),
    ({"is_due": "Không", "exception_reference": "9/QĐ", "published_on": ""}, "KHONG_NEU_LY_DO", "KHONG_NEU_LY_DO"),
    # Who publishes although he says that he need not has published.
    ({"is_due": "Không"}, "met", "met"),
]  # fmt: skip


def test_each_case_of_the_register(documents: DocumentSources) -> None:
    for number, (row, _, _) in enumerate(CASES, 1):
        documents.given("documents", number=str(number))
        documents.given("publications", number=str(number), **row)
    documents.build()
    for place, indicator in enumerate(("MT3.5a", "MT3.5b"), 1):
        assert {key: code for key, (code, _) in told(documents, indicator).items()} == {
            f"{number}/UBND-TH": case[place] for number, case in enumerate(CASES, 1)
        }
    assert told(documents, "MT3.5b")["3/UBND-TH"] == ("CONG_KHAI_MUON", 1)
    assert documents.warehouse.query("select distinct unit_code, on_date, basis from indicators.mt3_5") == [
        ("VP-TH", date(2025, 3, 3), "flow")
    ]


def test_a_document_without_a_row_widens_the_range_where_it_may_direct_somebody(documents: DocumentSources) -> None:
    documents.given("documents", number="1")
    documents.given("documents", number="2", state="Đã thu hồi")
    documents.given("documents", number="3", type_name="Giấy mời")
    documents.given("documents", number="4", secrecy="Mật")
    documents.given("documents", number="5", state="Dự thảo")
    documents.given("documents", number="6", issued_on="2024-12-30")
    documents.internal(number="7", type_name="Thông báo")
    documents.given("publications", number="8", notation="LCT-VP", kind="Lịch làm việc của lãnh đạo")
    assert told(documents.build(), "MT3.5a") == {
        "1/UBND-TH": ("CHUA_CO_DONG", None), "7/UBND-TH": ("CHUA_CO_DONG", None), "8/LCT-VP": ("met", None),
    }  # fmt: skip


def test_without_a_register_nothing_is_judged(documents: DocumentSources) -> None:
    documents.given("documents")
    assert told(documents.build(), "MT3.5a") == {}


def test_nobody_is_late_before_the_fifth_working_day_is_over(documents: DocumentSources) -> None:
    documents.given("documents", number="1")
    documents.given("publications", number="1", published_on="")
    assert told(documents.build(date(2025, 3, 10)), "MT3.5b") == {"1/UBND-TH": ("CHUA_DEN_HAN", None)}
    assert told(documents.build(date(2025, 3, 11)), "MT3.5b") == {"1/UBND-TH": ("TIN_CHUA_CONG_KHAI", 1)}


def test_two_days_of_signing_are_both_tried(documents: DocumentSources) -> None:
    for number, published in enumerate(("2025-03-10", "2025-03-11", "2025-03-12", "2025-03-13"), 1):
        documents.given("documents", number=str(number), signed_on="2025-03-05")
        documents.given("publications", number=str(number), published_on=published)
    found = told(documents.build(), "MT3.5b")
    assert [found[f"{number}/UBND-TH"][0] for number in (1, 2, 3, 4)] == [
        "met", "KHAC_NGAY_KY", "KHAC_NGAY_KY", "CONG_KHAI_MUON",
    ]  # fmt: skip


def test_a_document_signed_in_december_and_issued_in_january_is_one(documents: DocumentSources) -> None:
    documents.given("documents", issued_on="2025-01-02", signed_on="2024-12-31")
    documents.given("publications", signed_on="2024-12-31", published_on="2025-01-03")
    assert told(documents.build(), "MT3.5b") == {"1/UBND-TH": ("met", None)}


def test_one_document_in_two_spellings(documents: DocumentSources) -> None:
    documents.given("documents", number="1")
    documents.given("publications", number="1")
    documents.given("publications", number="1", notation="ubnd-th ")
    documents.given("publications", number="2")
    documents.given("publications", number="2", notation="ubnd-th", published_on="")
    assert told(documents.build(), "MT3.5a") == {"1/UBND-TH": ("met", None), "2/UBND-TH": ("SO_MAU_THUAN", None)}


NUMBER, YES = st.integers(1, 12).map(str), st.sampled_from(["Có"] * 4 + ["Không"])
DAY = st.sampled_from(["2025-03-03", "2025-03-04", "2025-04-25", "2025-12-26"])
PUBLISHED = st.sampled_from(["", "2025-03-03", "2025-03-10", "2025-03-11", "2025-05-07", "2025-12-31", "2026-01-05"])
ISSUED = st.fixed_dictionaries(
    {
        "number": NUMBER, "issued_on": DAY, "type_name": st.sampled_from(["Công văn", "Quyết định", "Báo cáo"]),
        "state": st.sampled_from(["Đã ban hành"] * 5 + ["Đã thu hồi", "Hủy số"]),
        "secrecy": st.sampled_from(["Thường"] * 6 + ["Mật"]),
    }
)  # fmt: skip
ENTRY = st.fixed_dictionaries(
    {
        "number": NUMBER, "signed_on": DAY, "is_due": YES, "published_on": PUBLISHED,
        "exception": st.sampled_from(["", "K01 Thông tin công dân không được tiếp cận", "K99 Lý do khác"]),
        "exception_reference": st.sampled_from(["", "9/QĐ"]), "address": st.sampled_from(["https://vp"] * 6 + ["."]),
        "differing_columns": st.sampled_from([""] * 9 + ["Ngày ký"]),
    }
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(ISSUED, min_size=5, max_size=20), st.lists(ENTRY, max_size=20),
    st.sampled_from([date(2025, 3, 10), date(2025, 6, 30), date(2025, 12, 31)]),
)  # fmt: skip
def test_the_sql_says_what_the_slow_definition_says(
    documents: DocumentSources, issued: list[dict[str, str]], entries: list[dict[str, str]], closing: date
) -> None:
    documents.forget()
    documents.take("documents", issued)
    documents.take("publications", entries)
    found: list[tuple[Any, ...]] = documents.build(closing).warehouse.query(
        "select indicator, lower(record_key), outcome from indicators.mt3_5"
    )
    assert {row[:2]: row[2] for row in found} == publications_slow.answers(documents.rows, closing)
    assert len(found) == len({row[:2] for row in found})


JUDGED = """
create or replace table indicators.judged as
select *, true as is_headline, 'iso' as period_calendar, 'year' as period_kind, date '2025-01-01' as period_start,
    date '2025-12-31' as period_end, date '2025-12-31' as as_at, 'STD' as definition, 'all' as applicant_group,
    1.0 as target
from (values ('MT3', 'H19', $1, null), ('MT3', 'H19.03', 'Đạt', null), ('MT3.5a', 'VP', 'Đạt', null),
    ('MT3.5b', 'VP', $2, null), ('MT3', 'H19', $1, 'TRONG_MT3'), ('MT3', 'H19', $1, 'NGOAI_MT3'))
    as judged (indicator, unit_code, own_verdict, reading)
"""
READINGS = """
create or replace table indicators.readings as
select * from (values ('MT3', 'TRONG_MT3', 'P-21', 'trong_mt3'), ('MT3', 'NGOAI_MT3', 'P-21', 'ngoai_mt3'))
    as reading (indicator, reading, parameter, value)
"""


@pytest.mark.parametrize(
    ("decided", "procedures", "in_time", "bound"),
    [
        ("ngoai_mt3", "Đạt", "Chưa đạt", ("TRONG_MT3",)),
        ("trong_mt3", "Đạt", "Chưa đạt", (None, "TRONG_MT3")),
        ("trong_mt3", "Đạt", "Chưa đủ căn cứ", (None, "TRONG_MT3")),
        ("trong_mt3", "Chưa đạt", "Chưa đủ căn cứ", ()),
        ("trong_mt3", "Đạt", "Chưa có số liệu", ()),
    ],
)
def test_mt3_is_no_better_than_the_bracket_where_the_office_or_a_reading_says_so(
    documents: DocumentSources, decided: str, procedures: str, in_time: str, bound: tuple[str | None, ...]
) -> None:
    documents.decide("P-21", decided)
    documents.warehouse.query(JUDGED.replace("$1", f"'{procedures}'").replace("$2", f"'{in_time}'"))
    documents.warehouse.query(READINGS)
    ledger.set_closing(documents.warehouse, date(2025, 12, 31), "test")
    for model in models.load():
        if model.table in ("core.headlines", "indicators.binding_parts", "indicators.binding_verdicts"):
            building.build(documents.warehouse, model)
    words = f"MT3 gồm cả thông tin chỉ đạo, điều hành (P-21): MT3.5b {in_time.lower()}"
    assert documents.warehouse.query(
        "select reading, unit_code, verdict, reason from indicators.binding_verdicts where indicator = 'MT3'"
        " order by reading nulls first"
    ) == [(reading, "H19", in_time, words) for reading in bound]
    documents.decide("P-21", "ngoai_mt3")


def test_what_a_room_may_choose_is_what_the_reference_knows(opened: DocumentSources) -> None:
    known = opened.warehouse.query(
        "select exception_code || ' ' || label from reference.publication_exceptions order by all"
    )
    assert tuple(text for (text,) in known) == EXCEPTIONS
    types = opened.warehouse.query(
        "select unnest(from_json(value, '[\"VARCHAR\"]')) from reference.parameters where code = 'published_types'"
    )
    assert {name for (name,) in types} == publications_slow.TYPES < set(DOCUMENT_TYPES)
