"""The units' own tables as published, and what is said when a register contradicts itself."""

from datetime import date
from typing import Any

from tests.models.register_sources import RegisterSources
from warehouse import building, expectations, models
from warehouse.validation import validate


YEAR_END = date(2025, 12, 31)
JUDGED = """
create or replace table indicators.judged as
select *, numerator / denominator as actual from (values
    ('MT1', 'VP', 'all', 970, 1000, 'Cảnh báo'), ('MT1', 'H19.02.04', 'all', 96, 100, 'Chưa đạt'),
    ('MT1', 'H19.02.04', 'to_chuc', 10, 10, 'Đạt'), ('MT1a', 'H19.02.04', 'to_chuc', 10, 10, 'Đạt')
) as judged (indicator, unit_code, applicant_group, numerator, denominator, own_verdict)
cross join (select true as is_headline, null as reading, 'iso' as period_calendar, 'year_to_date' as period_kind,
            date '2025-01-01' as period_start)
"""


def broken(registers: RegisterSources, table: str) -> dict[str, list[str]]:
    """Rule → keys of the rows that break it."""
    outcomes = validate(registers.warehouse, table, expectations.load()[table])
    return {outcome.rule.name: outcome.failing_keys for outcome in outcomes if not outcome.success}


def unit_objectives(registers: RegisterSources) -> list[tuple[Any, ...]]:
    registers.query(JUDGED)
    building.build(registers.warehouse, next(model for model in models.load() if model.table == "marts.unit_objective"))
    return registers.query(
        "select number, linked_indicator, target, numerator, denominator, actual, verdict"
        " from marts.unit_objective order by number"
    )


def test_a_rooms_linked_objective_is_measured_with_the_rooms_own_records(registers: RegisterSources) -> None:
    registers.given(
        "objectives",
        """
        unit           | number | linked_indicator | target_percent
        ---------------+--------+------------------+---------------
        Phòng Tổng hợp | 1      | MT1              | 98
        Phòng Tổng hợp | 2      | mt1A             |
        Phòng Tổng hợp | 3      |                  | 95
        Phòng Tổng hợp | 4      | MT5              | 60
        """,
    )
    registers.build(YEAR_END)
    assert unit_objectives(registers) == [
        (1, "MT1", 0.98, 96, 100, 0.96, "Chưa đạt"),
        (2, "MT1a", None, 10, 10, 1.0, "Đạt"),
        (3, None, 0.95, None, None, None, "Không áp dụng"),
        (4, "MT5", 0.6, None, None, None, "Chưa có số liệu"),
    ]
    assert broken(registers, "marts.unit_objective") == {}


def test_an_unknown_room_and_an_unknown_objective_are_named(registers: RegisterSources) -> None:
    registers.given("objectives", unit="Phòng lạ")
    registers.given("objectives", unit="Phòng Tổng hợp", linked_indicator="Mục tiêu 1")
    registers.build(YEAR_END)
    unit_objectives(registers)
    assert set(broken(registers, "marts.unit_objective")) == {"unit_is_known", "linked_indicator_is_known"}


def test_a_wrong_score_or_level_is_named(registers: RegisterSources) -> None:
    registers.given(
        "risks", "number | score | level\n1 | 6 | Trung bình\n2 | 7 | Trung bình\n3 | 6 | Cao", unit="H19.02.04"
    )
    registers.build(YEAR_END)
    assert set(broken(registers, "marts.risk")) == {"assessment_follows_the_scale"}
    assert registers.query("select number from marts.risk where not is_assessment_right") == [(2,), (3,)]


def test_a_conclusion_before_the_visit_is_named(registers: RegisterSources) -> None:
    registers.given(
        "inspections", unit="A", starts_on="2025-05-10", conclusion_number="1/TB", concluded_on="2025-04-10"
    )
    registers.given(
        "inspections", unit="B", starts_on="2025-05-10", conclusion_number="2/TB", concluded_on="2025-05-10"
    )
    registers.given("inspections", unit="C", starts_on="2025-05-10")
    registers.build(YEAR_END)
    (keys,) = broken(registers, "marts.inspection").values()
    assert len(keys) == 1


def test_more_excellent_than_the_quota_is_a_warning(registers: RegisterSources) -> None:
    registers.given("ratings", "\n".join(["person", *(f"good-{n}" for n in range(10))]))
    registers.given("ratings", "person\nA\nB\nC", category="Hoàn thành xuất sắc nhiệm vụ")
    registers.build(YEAR_END)
    assert set(broken(registers, "indicators.rating_quota")) == {"excellent_is_within_quota"}
    (rule,) = expectations.load()["indicators.rating_quota"]
    assert rule.severity == "warning"
