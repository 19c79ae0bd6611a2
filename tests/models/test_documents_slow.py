"""The SQL of MT2a and MT2b against their plain-Python definition, over sources that hypothesis fills."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.models.document_sources import INTERNAL, ROWS, DocumentSources
from tests.models.documents_slow import Judged, Judging, Rules, Secret
from tests.models.incoming_slow import Incoming
from tests.models.outgoing_slow import Outgoing


Row = dict[str, str]
DAY = st.sampled_from(
    ["2024-11-20", "2024-12-31", "2025-01-02", "2025-03-03", "2025-04-25", "2025-04-29", "2025-12-30"]
)
TIME = st.sampled_from(
    ["", "2024-12-31 09:00:00", "2025-01-03 09:00:00", "2025-03-03 09:00:00", "2025-03-04 23:00:00",
     "2025-04-26 08:00:00", "2025-05-05 08:00:00", "2025-12-31 08:00:00", "2026-01-05 08:00:00"]
)  # fmt: skip
MOMENT = TIME.filter(bool)
NUMBER = st.integers(1, 4).map(str)
NOTATION = st.sampled_from(["UBND-TH", "UBND-TH", "ubnd - th", "QĐ-UBND"])
SENT_CODE = st.sampled_from(["UBND-TH", "UBND-TH", "qđ-UBND"]).flatmap(
    lambda notation: st.sampled_from(["1", "02", "3", "4"]).map(lambda number: f"{number}/{notation}")
)
CODE = st.sampled_from(["H19.03", "H19.03", "000.00.03.H19", "H19.04", ""])
ORGAN = CODE.filter(bool)
NAME = st.sampled_from(["Sở Nội vụ", "SỞ NỘI VỤ", "Sở Lạ"])
ROOM = st.sampled_from(["Phòng Tổng hợp", "PHÒNG TỔNG HỢP", "VP-HCTC", "Phòng lạ"])
STATE = st.sampled_from(["Đã ban hành"] * 8 + ["Đã thu hồi", "Dự thảo", "Hủy số"])
SIGNING = st.sampled_from(["Ký số cá nhân và cơ quan"] * 6 + ["Chỉ ký số cơ quan", "Ký giấy"])
EXCLUSION = st.sampled_from([""] * 9 + ["L01", "L02", "L03", "L04", "L05", "L06", "L99"])
REFERENCE = st.sampled_from(["", "12/QĐ-TTg"])
ISSUED = st.fixed_dictionaries(
    {
        "number": NUMBER, "notation": NOTATION, "issued_on": DAY, "signed_on": st.sampled_from(["", "2025-02-28"]),
        "drafting_unit": ROOM, "recipient_name": NAME, "recipient_code": CODE, "signing": SIGNING,
        "recipient_kind": st.sampled_from(["Cơ quan hành chính"] * 7 + ["Cơ quan, tổ chức khác", "Nội bộ Văn phòng"]),
        "sending": st.sampled_from(
            ["Trục liên thông"] * 6 + ["Bản giấy", "Thư điện tử", "Trục liên thông và bản giấy"]
        ),
        "sent_at": TIME, "exclusion_code": EXCLUSION, "exclusion_reference": REFERENCE, "state": STATE,
    }
)  # fmt: skip
INSIDE = st.fixed_dictionaries(
    {
        "number": st.integers(11, 16).map(str), "issued_on": DAY, "drafting_unit": ROOM, "signing": SIGNING,
        "sending": st.sampled_from(
            ["Hệ thống quản lý văn bản"] * 6 + ["Hệ thống quản lý văn bản và bản giấy", "Bản giấy", "Trục liên thông"]
        ),
        "received_at": TIME, "exclusion_code": EXCLUSION, "exclusion_reference": REFERENCE, "state": STATE,
    }
).map(lambda row: INTERNAL | row)  # fmt: skip
INCOMING = st.fixed_dictionaries(
    {
        "number": NUMBER, "notation": NOTATION, "issued_on": DAY, "sender_name": NAME, "sender_code": CODE,
        "channel": st.sampled_from(["Trục liên thông"] * 5 + ["Bản giấy", "Fax"]),
        "urgency": st.sampled_from(["Thường", "Thường", "Khẩn"]), "arrived_at": MOMENT, "received_at": TIME,
        "forwarded_at": TIME, "due_on": st.one_of(st.just(""), DAY), "completed_at": TIME, "handling_unit": ROOM,
    }
)  # fmt: skip
SECRET = st.fixed_dictionaries(
    {
        "month": st.sampled_from(["2025-01-01", "2025-12-01"]), "direction": st.sampled_from(["Đi", "Đến", "Nội bộ"]),
        "documents": st.integers(0, 3).map(str), "unit": ROOM,
    }
)  # fmt: skip
SENDING = st.fixed_dictionaries(
    {
        "id": st.integers(1, 99).map(lambda number: f"id-{number}"), "code": SENT_CODE, "to": ORGAN, "at": MOMENT,
        "taken": TIME, "state": st.sampled_from(["done"] * 8 + ["fail"]),
    }
)  # fmt: skip
YEAR_DAY = st.sampled_from(["2024/12/31", "2025/01/02", "2025/03/03"])
ANSWER = st.fixed_dictionaries(
    {
        "code": SENT_CODE, "from": ORGAN, "on": YEAR_DAY, "at": MOMENT,
        "status": st.sampled_from(["01", "02", "03", "05", "06", "13", "15", "16", "44"]),
    }
)  # fmt: skip
FILES = st.lists(
    st.sampled_from(["valid"] * 6 + ["seal", "person", "expired", "altered", "none", "word", "broken", "unread"]),
    min_size=1,
    max_size=2,
).map(" ".join)
SENDER = st.sampled_from(["H19.03", "H19.03", "H19.03", "H19.04"])
PACKET_ID = st.integers(1, 4).map(lambda number: f"packet-{number}")
PACKET = st.fixed_dictionaries(
    {
        "id": PACKET_ID, "code": SENT_CODE, "listed": SENDER,
        "sender": st.sampled_from(["H19.03"] * 6 + ["000.00.03.H19", "H19.04", "vxp.saas.03"]),
        "on": YEAR_DAY, "at": MOMENT, "files": FILES, "type": st.sampled_from(["0"] * 6 + ["1", "2", "2", "3", "3"]),
        "due": st.sampled_from(["", "2025/03/04"]), "about": st.one_of(st.just(""), PACKET_ID), "replaces": PACKET_ID,
    }
)  # fmt: skip
RULES = st.builds(
    Rules,
    tests=st.sampled_from([("E1", "E2", "E3", "E4")] * 3 + [("E2", "E4"), ("E1", "E3"), ("E5",)]),
    exclusions=st.sampled_from([("L01", "L02", "L03", "L04")] * 3 + [("L02", "L06"), ("L03", "L04")]),
    outgoing=st.sampled_from(["01", "03"]),
    incoming=st.sampled_from(["01", "03"]),
)
PARTS: tuple[type[Judging], ...] = (Outgoing, Incoming, Secret)
CLOSING = st.sampled_from([date(2025, 3, 3), date(2025, 4, 30), date(2025, 12, 31)])


@st.composite
def unalike(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    """Sources with every register and every list; building takes as long for one record as for a hundred."""
    packets = draw(st.lists(PACKET, min_size=3, max_size=15))
    for row in packets:
        row["replaces"] = row["replaces"] if row["type"] == "3" else ""
        row["about"] = row["about"] if row["type"] == "1" else ""
    return {
        "documents": draw(st.lists(ISSUED, min_size=10, max_size=30)) + draw(st.lists(INSIDE, max_size=15)),
        "incoming": draw(st.lists(INCOMING, max_size=15)),
        "secret_counts": draw(st.lists(SECRET, max_size=3)),
        "sent_documents": draw(
            st.sampled_from([0, 5, 10, 25]).flatmap(lambda size: st.lists(SENDING, min_size=size, max_size=size))
        ),
        "received_statuses": draw(st.lists(ANSWER, max_size=25)),
        "received_documents": packets,
    }


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentSources]:
    documents = DocumentSources(tmp_path_factory.mktemp("documents"))
    yield documents
    documents.close()


def filled(documents: DocumentSources, rows: dict[str, list[dict[str, Any]]], rules: Rules) -> None:
    documents.forget()
    documents.on_axis("agencies", "code | name\nH19.03 | Sở Nội vụ")
    for name, entries in rows.items():
        if name in documents.axis:
            documents.axis[name] += [ROWS[name](row) for row in entries]
        else:
            documents.take(name, entries)
    documents.decide("P-06", list(rules.tests))
    documents.decide("P-07", list(rules.exclusions))
    documents.decide("P-18", {"di": rules.outgoing, "den": rules.incoming})


def compare(documents: DocumentSources, rows: dict[str, list[dict[str, Any]]], rules: Rules, closing: date) -> None:
    filled(documents, rows, rules)
    found: Counter[Judged] = Counter(
        (indicator, definition, day, unit, outcome, reason)
        for indicator, definition, _, day, unit, outcome, reason in documents.build(closing).records()
    )
    working = {day for (day,) in documents.warehouse.query("select day from reference.working_days")}
    expected: Counter[Judged] = Counter()
    for part in PARTS:
        judging = part(documents.rows, documents.axis, closing, rules, working)
        judging.judge()
        expected.update(judging.found)
    assert found - expected == expected - found == Counter()
    compare_readings(documents, rules, closing, working)


def compare_readings(documents: DocumentSources, rules: Rules, closing: date, working: set[date]) -> None:
    """Each reading of MT2b is what the headline would be if the Office decided so."""
    others: dict[str, dict[str, Any]] = {
        "KHONG_E4": {"tests": ("E1", "E2", "E3")},
        "DI_01": {"outgoing": "01"},
        "DI_03": {"outgoing": "03"},
        "CHI_MAT": {"exclusions": ("L01",)},
        "LOAI_TRU_DE_XUAT": {"exclusions": Rules.exclusions},
        "CA_SU_CO": {"exclusions": (*Rules.exclusions, "L06")},
    }
    expected: Counter[tuple[Any, ...]] = Counter()
    for reading, decided in others.items():
        judging = Outgoing(documents.rows, documents.axis, closing, replace(rules, **decided), working)
        judging.judge()
        expected.update(
            (reading, day, unit, outcome)
            for indicator, definition, day, unit, outcome, _ in judging.found
            if (indicator, definition) == ("MT2b", "PAIR")
        )
    asked = "select reading, issued_on, unit_code, outcome from indicators.reading_deliveries"
    assert Counter(documents.warehouse.query(asked)) == expected


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=unalike(), rules=RULES, closing=CLOSING)
def test_sql_and_plain_python_agree(documents: DocumentSources, rows: Any, rules: Rules, closing: date) -> None:
    compare(documents, rows, rules, closing)


@pytest.mark.soak
@settings(max_examples=800, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=unalike(), rules=RULES, closing=CLOSING)
def test_sql_and_plain_python_agree_for_long(
    documents: DocumentSources, rows: Any, rules: Rules, closing: date
) -> None:
    compare(documents, rows, rules, closing)
