"""The SQL of the Office's indicators against their plain-Python definition, over registers that hypothesis fills."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.models.office_slow import Decisions, Slow
from tests.models.register_sources import UNITS, RegisterSources, rows_of
from tests.models.test_office import YEAR_END


UNIT = st.sampled_from(["Phòng Tổng hợp", "H19.02.08", "Phòng Hành chính - Tổ chức", "PHÒNG TỔNG HỢP", "Phòng lạ"])
DAY = st.sampled_from(
    ["2024-12-30", "2025-03-31", "2025-06-14", "2025-06-15", "2025-09-30", "2025-12-31", "2026-01-02"]
)
LATER = st.sampled_from(["", "2025-03-31", "2025-06-14", "2025-09-30", "2025-12-14", "2025-12-31", "2026-01-02"])
NUMBER = st.sampled_from(["", "7/TB-VP", "7/TB-VP"])
STATE = st.sampled_from(["Đạt"] * 12 + ["Không yêu cầu", "Chưa đạt", "Đang hoàn thiện", "Chưa đủ hồ sơ"])
KIND = st.sampled_from(["Công chức"] * 4 + ["Cán bộ", "Viên chức", "Viên chức", "Hợp đồng"])
PERSON = st.integers(0, 11).map(lambda number: f"person-{number}")
YEAR = st.sampled_from(["2025"] * 5 + ["2024"])
POINTS = st.sampled_from(["", "", "49.99", "50", "69.99", "70", "89.99", "90", "100.01"])
WORDS = st.sampled_from(["Có", "Có", "Có", "-", "", "Đang cập nhật…"])
SMALL = st.integers(1, 6)

# What two rows of one record say differently.
DIFFERS = st.sampled_from([""] * 9 + ["Đơn vị"])

OFFICIAL = st.fixed_dictionaries(
    {
        "person": PERSON, "kind": KIND, "is_primary": st.sampled_from(["Có", "Có", "Có", "Không"]),
        "starts_on": DAY, "ends_on": st.sampled_from(["", "", "", "2025-06-14", "2025-12-30"]),
        "absence": st.sampled_from(["Không"] * 5 + ["Biệt phái"]),
        "professional": STATE, "political": STATE, "leadership": STATE, "differing_columns": DIFFERS,
    }
)  # fmt: skip
RATING = st.fixed_dictionaries(
    {
        "person": PERSON, "kind": KIND, "year": st.sampled_from(["2025", "2025", "2025", "2026", "2026", "2024"]),
        "period": st.sampled_from(["Năm"] * 5 + ["Quý IV", "Tháng 12"]),
        "points": POINTS, "general_points": st.sampled_from(["", "", "20", "30.5"]),
        "task_points": st.sampled_from(["", "50", "70.01"]),
        "category": st.sampled_from(
            ["Hoàn thành xuất sắc nhiệm vụ", "Hoàn thành tốt nhiệm vụ", "Hoàn thành nhiệm vụ", "Chưa xếp loại"]
        ),
        "stage": st.sampled_from(["Có quyết định", "Có quyết định", "", "Tự đánh giá"]),
        "decision_number": NUMBER, "decided_on": LATER, "differing_columns": DIFFERS,
    }
)  # fmt: skip
INSPECTION = st.fixed_dictionaries(
    {
        "unit": UNIT, "body": st.sampled_from(["Văn phòng", "Văn phòng", "Tỉnh"]), "starts_on": LATER,
        "form": st.sampled_from(["Định kỳ", "Đột xuất", "Tự kiểm tra", "Phiếu khảo sát"]),
        "minutes_number": NUMBER, "minutes_on": LATER, "conclusion_number": NUMBER, "concluded_on": LATER,
        "differing_columns": DIFFERS,
    }
)  # fmt: skip
LISTED = st.fixed_dictionaries({"unit": UNIT, "approved_on": DAY, "added_on": LATER, "differing_columns": DIFFERS})
OBJECTIVE = st.fixed_dictionaries(
    {
        "unit": UNIT, "year": YEAR, "approved_number": NUMBER, "approved_on": DAY,
        "target_text": st.sampled_from(["≥ 97 %", "≥ 97 %", "tăng"]), "target_percent": st.sampled_from(["", "95"]),
        "measures": WORDS, "responsible": WORDS, "result_q2": WORDS, "result_q3": WORDS, "result_q4": WORDS,
        "requested_on": LATER, "reported_on": LATER, "differing_columns": DIFFERS,
    }
)  # fmt: skip
COMMUNICATION = st.fixed_dictionaries(
    {"unit": UNIT, "year": YEAR, "communicated_on": DAY, "differing_columns": DIFFERS}
)


@st.composite
def risk(draw: st.DrawFn) -> dict[str, str]:
    """Mostly right, so that a room can pass."""
    probability, severity = draw(SMALL), draw(SMALL)
    score = probability * severity
    level = ["Thấp", "Trung bình", "Cao", "Rất cao"][(score >= 5) + (score >= 10) + (score >= 16)]
    return {
        "unit": draw(UNIT),
        "year": draw(YEAR),
        "approved_on": draw(DAY),
        "probability": str(probability),
        "severity": str(severity),
        "score": draw(st.sampled_from([str(score)] * 6 + ["1", ""])),
        "level": draw(st.sampled_from([level] * 6 + ["Cao", "Trung bình"])),
        "state": draw(st.sampled_from(["Đang thực hiện", "Đã hoàn thành"])),
        "effectiveness": draw(st.sampled_from(["", "Có hiệu lực", "Có hiệu lực"])),
        "reviewed_on": draw(LATER),
        "differing_columns": draw(DIFFERS),
    }


REGISTERS = st.fixed_dictionaries(
    {
        "officials": st.lists(OFFICIAL, max_size=25),
        "ratings": st.lists(RATING, max_size=18),
        "inspections": st.lists(INSPECTION, max_size=8),
        "inspection_units": st.lists(LISTED, max_size=6),
        "objectives": st.lists(OBJECTIVE, max_size=6),
        "risks": st.lists(risk(), max_size=5),
        "communications": st.lists(COMMUNICATION, max_size=5),
    }
)
# The year of the decision; one by the rules of 2026.
CLOSING = st.sampled_from([YEAR_END, YEAR_END, date(2026, 12, 31)])
DECISIONS = st.builds(
    Decisions,
    kinds=st.sampled_from([["can_bo", "cong_chuc"], ["can_bo", "cong_chuc", "vien_chuc"]]),
    good=st.sampled_from(["tot_tro_len", "dung_tot"]),
    inspected=st.sampled_from(["co_ket_luan", "co_bien_ban"]),
    scale=st.sampled_from(["5x5", "3x3"]),
)


def both_agree(
    registers: RegisterSources, rows: dict[str, list[dict[str, str]]], decisions: Decisions, closing: date
) -> None:
    registers.forget()
    for register, entries in rows.items():
        registers.take(register, entries)
    for code, value in (
        ("P-09", decisions.kinds), ("P-10", decisions.good), ("P-12", decisions.inspected), ("P-20", decisions.scale)
    ):  # fmt: skip
        registers.decide(code, value)
    registers.build(closing)
    counted: dict[object, dict[tuple[str, str], tuple[int, int, int, int]]] = {}
    for day, indicator, definition, *counts in registers.every_count():
        counted.setdefault(day, {})[indicator, definition] = (counts[0], counts[1], counts[2], counts[3])
    units = list(rows_of(UNITS))
    for (day,) in registers.query("select on_date from core.measuring_days order by on_date"):
        assert counted.get(day, {}) == Slow(registers.rows, units, day, decisions).counts(), day


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=REGISTERS, decisions=DECISIONS, closing=CLOSING)
def test_sql_and_plain_python_agree(
    registers: RegisterSources, rows: dict[str, list[dict[str, str]]], decisions: Decisions, closing: date
) -> None:
    both_agree(registers, rows, decisions, closing)


@pytest.mark.soak
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=REGISTERS, decisions=DECISIONS, closing=CLOSING)
def test_sql_and_plain_python_agree_for_long(
    registers: RegisterSources, rows: dict[str, list[dict[str, str]]], decisions: Decisions, closing: date
) -> None:
    both_agree(registers, rows, decisions, closing)
