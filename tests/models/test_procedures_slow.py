"""The SQL of MT3 against its plain-Python definition, over observations that hypothesis takes."""

from datetime import date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.models.procedure_sources import DECISION, NATIONAL, PORTAL, Observation, ProcedureSources
from tests.models.procedures_slow import Slow


CODES = ("1.000001", "1.000002", "1.000002.000.00.00.H19", "1.000003", "1.000003.H19", "1.000004", "1.000005")
DECISIONS = ("D1", "D2", "D3", "D4")
# Around the holidays of 30/04 and 01/05 with their worked Saturday, and the end of the half year.
SIGNED = (
    "2025-04-17",
    "2025-04-22",
    "2025-04-23",
    "2025-04-24",
    "2025-04-25",
    "2025-04-28",
    "2025-05-05",
    "2025-06-13",
    "?",
)
LOOKED = (
    "2025-04-24",
    "2025-04-25",
    "2025-04-26",
    "2025-04-28",
    "2025-05-02",
    "2025-05-05",
    "2025-05-06",
    "2025-06-15",
)
CLOSINGS = ("2025-03-31", "2025-04-28", "2025-05-05", "2025-05-06", "2025-05-31", "2025-06-30")
SPAN = st.builds(
    "{}>{}".format,
    st.sampled_from(["2025-03-01", "2025-04-24", "2025-04-26", "2018-04-23", ""]),
    st.sampled_from(
        ["2025-04-28", "2025-04-29", "2025-04-30", "2025-05-06", "2025-05-10", "2018-06-21", "", "30/02/2025"]
    ),
)


def mostly(usual: str, *others: str) -> st.SearchStrategy[str]:
    return st.sampled_from([usual] * 6 + list(others))


RECORD = st.fixed_dictionaries(
    {
        "name": mostly("Khai sinh", "KHAI  SINH", "Khai tử"),
        "sector": mostly("HT Hộ tịch", "DD Đất đai", "HT Đất đai"),
        "level": mostly("1", "3", "1 3", "", "0"),
        "status": mostly("1", "Bãi bỏ", "9"),
        "listed_status": mostly("=", "", "1"),
        "announcer": mostly("H19", "000.00.00.G15", "000.00.00.G15", "H20", ""),
        "decision": st.sampled_from([*DECISIONS, ""]),
        "basis": st.lists(SPAN, max_size=2).map("; ".join),
        "steps": mostly("Nộp hồ sơ", "<p>&nbsp;</p>", "Không có"),
        "paper": mostly("Tờ khai", "Bản sao"),
        "copies": mostly("1", ""),
        "form": mostly("Mẫu 01", "", ""),
        "limit": mostly("5", ""),
        "limit_note": mostly("", "Trong ngày"),
        "result": mostly("Giấy khai sinh", "", "Không quy định"),
        "condition": mostly("Không có", "Không", "Đủ 18 tuổi"),
        "fee": mostly("10000", "0", ""),
        "fee_note": mostly("", "Không có thông tin", "Không thu phí"),
    }
)
OFFERED = st.fixed_dictionaries(
    {
        "name": mostly("Khai sinh", "Khai tử"),
        "sector": mostly("HT Hộ tịch", "DD Đất đai"),
        "level": mostly("tinh", "Cấp xã", "Cấp vùng"),
        "limit": mostly("", "5 c", "5 d", "7 c"),
        "agency": mostly("", "Sở Tư pháp", "Sở Tư pháp tỉnh Đồng Nai", "Sở Y tế"),
    }
)


@st.composite
def observations(draw: st.DrawFn) -> list[Observation]:
    """Up to four observations of the same decisions, of which each may show more."""
    codes = st.lists(st.sampled_from(CODES), max_size=4, unique=True).map(" ".join)
    decisions = [
        DECISION
        | {
            "id": name,
            "signed": draw(st.sampled_from(SIGNED)),
            "agency": draw(mostly("UBND tỉnh Đồng Nai", "Bộ Tư pháp")),
            "new": draw(codes),
            "amended": draw(codes),
            "rescinded": draw(st.sampled_from(["", "", "", "1.000005", "1.000004"])),
        }
        for name in DECISIONS
    ]
    days = draw(st.lists(st.sampled_from(LOOKED), min_size=1, max_size=4, unique=True).map(sorted))
    return [
        Observation(
            datetime.fromisoformat(f"{day} {draw(st.sampled_from(['01:30', '12:00', '20:00', '20:00']))}"),
            draw(some(RECORD, NATIONAL)),
            decisions[: draw(st.integers(2, 4))] if place == 0 else decisions,
            draw(st.one_of(some(OFFERED, PORTAL), some(OFFERED, PORTAL), st.none())),
        )
        for place, day in enumerate(days)
    ]


def some(rows: st.SearchStrategy[dict[str, str]], defaults: dict[str, str]) -> st.SearchStrategy[list[dict[str, str]]]:
    """Some of the codes, each with a row of its own."""
    chosen = st.dictionaries(st.sampled_from(CODES), rows, min_size=1)
    return chosen.map(lambda found: [defaults | row | {"code": code} for code, row in found.items()])


def both_agree(procedures: ProcedureSources, seen: list[Observation], closing: str, unit: str) -> None:
    procedures.forget()
    for observation in seen:
        procedures.show(observation)
    procedures.decide("P-19", unit)
    procedures.build(closing, ("indicators.mt3",))
    judged = {
        (indicator, definition, day, key): outcome
        for indicator, definition, day, key, outcome in procedures.query(
            "select indicator, definition, on_date, record_key, outcome from indicators.mt3"
        )
    }
    days = [day for (day,) in procedures.query("select distinct as_at from core.periods order by 1")]
    assert judged == Slow(seen, date.fromisoformat(closing), unit == "ngay_lam_viec").outcomes(days)


UNIT = st.sampled_from(["ngay_lich", "ngay_lich", "ngay_lam_viec"])


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(seen=observations(), closing=st.sampled_from(CLOSINGS), unit=UNIT)
def test_sql_and_plain_python_agree(
    open_procedures: ProcedureSources, seen: list[Observation], closing: str, unit: str
) -> None:
    both_agree(open_procedures, seen, closing, unit)


@pytest.mark.soak
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(seen=observations(), closing=st.sampled_from(CLOSINGS), unit=UNIT)
def test_sql_and_plain_python_agree_for_long(
    open_procedures: ProcedureSources, seen: list[Observation], closing: str, unit: str
) -> None:
    both_agree(open_procedures, seen, closing, unit)
