"""The loop of ISO 10.2 over little tables: what is opened, what answers it, how each form stands, what is counted."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

import pytest

from connectors.registers.improvement import CAUSES, INPUTS
from tests.models.dossier_sources import rows_of
from tests.models.register_sources import RegisterSources
from warehouse import building, dictionary, expectations, ledger, models
from warehouse.validation import validate


YEAR_END = date(2025, 12, 31)
ACTION = {"cause": "Thiếu người", "corrective_action": "Phân công người thay", "responsible_post": "Trưởng phòng"}
# What other models make: figures, suspicions, failing records, differences between sources.
GIVEN = {
    "marts.indicator_result": "closing_date date, indicator varchar, definition varchar, unit_code varchar,"
    " unit_name varchar, applicant_group varchar, is_headline boolean, period_calendar varchar, period_kind varchar,"
    " period_start date, period_end date, numerator bigint, denominator bigint, operator varchar,"
    " target decimal(9, 6), verdict varchar, measure varchar, unit_of_measure varchar,"
    " actual double, upper_target double",
    "marts.anomaly": "trap varchar, unit_code varchar, severity varchar, occurred_on date",
    "marts.failing_record": "indicator varchar, definition varchar, unit_code varchar, record_kind varchar,"
    " record_key varchar, occurred_on date, reason_code varchar",
    "marts.reconciliation": "conflicting bigint",
    "core.scopes": "unit_code varchar, scope_code varchar",
    "core.units": "unit_code varchar, unit_name varchar",
}
ENDS = {"Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "Q4": "12-31", "NAM": "12-31"}
STARTS = {"Q1": "01-01", "Q2": "04-01", "Q3": "07-01", "Q4": "10-01", "NAM": "01-01"}
DEFINITIONS = {"MT1": "R1", "MT1a": "R1", "MT1b": "R1", "MT2a": "DOC", "MT2b": "PAIR"}
GROUPS = {"MT1a": "to_chuc", "MT1b": "ca_nhan"}


class Loop:
    """Verdicts by indicator and term, suspicions and failing records as tables; registers as people write them."""

    def __init__(self, registers: RegisterSources) -> None:
        self.registers = registers
        self.results: list[tuple[str, str, str]] = []
        self.anomalies: list[tuple[str, str, str, str]] = []
        self.failing: list[tuple[str, str, str]] = []

    def missed(self, indicator: str, *terms: str, verdict: str = "Chưa đạt") -> None:
        self.results += [(indicator, term, verdict) for term in terms]

    def build(self, closing: date = YEAR_END, known_from: date = date(2025, 1, 1)) -> "Loop":
        ask = self.registers.query
        ledger.set_closing(self.registers.warehouse, closing, "test")
        self.registers.write()
        ask(f"create or replace table reference.closing as select * replace (date '{known_from}' as known_from)"
            " from reference.closing")  # fmt: skip
        for table, columns in GIVEN.items():
            ask(f"create or replace table {table} ({columns})")
        ask("insert into core.scopes values ('H19.02.04', 'VP'), ('H19.02.20', 'VP'), ('?', 'VP')")
        ask("insert into core.units values ('H19.02.04', 'Phòng Tổng hợp')")
        self._insert("marts.indicator_result", (result(closing, *row) for row in self.results))
        self._insert("marts.anomaly", self.anomalies)
        self._insert(
            "marts.failing_record",
            ((name, DEFINITIONS[name], "VP", "document", key, on, "E3") for name, key, on in self.failing),
        )
        for model in needed():
            building.build(self.registers.warehouse, model)
        return self

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            values = ", ".join(f"${place}" for place in range(1, len(row) + 1))
            self.registers.warehouse.query(f"insert into {table} values ({values})", list(row))

    def told(self, columns: str, table: str = "marts.nonconformity") -> list[tuple[Any, ...]]:
        return self.registers.query(f"select {columns} from {table} order by all")

    def states(self) -> dict[str, tuple[Any, ...]]:
        """Form → state, when the next step is due, overdue."""
        return {code: tuple(rest) for code, *rest in self.told("code, state, next_due_on, is_overdue")}

    def broken(self) -> set[str]:
        outcomes = validate(self.registers.warehouse, "marts.nonconformity", expectations.load()["marts.nonconformity"])
        return {outcome.rule.name for outcome in outcomes if not outcome.success}


@cache
def needed() -> list[models.Model]:
    """The models of the loop and what they read, up to what is given, in order."""
    every = {model.table: model for model in models.load()}
    waiting = {table for table, model in every.items() if model.subject == "improvement"}
    wanted: set[str] = set()
    while waiting:
        table = waiting.pop()
        if table in every and table not in wanted | GIVEN.keys() and not table.startswith("staging."):
            wanted.add(table)
            waiting |= every[table].reads - {"core.office_units"}
    return [model for table, model in every.items() if table in wanted]


def result(closing: date, indicator: str, term: str, verdict: str) -> tuple[Any, ...]:
    unit = "H19" if indicator.startswith("MT3") else "VP"
    kind = "year" if term == "NAM" else "quarter"
    return (
        closing, indicator, DEFINITIONS.get(indicator, "STD"), unit, "Văn phòng", GROUPS.get(indicator, "all"), True,
        "iso", kind, f"2025-{STARTS[term]}", f"2025-{ENDS[term]}", 96, 100, "=", 1, verdict,
        "rate", "%", 0.96, None,
    )  # fmt: skip


@pytest.fixture
def loop(registers: RegisterSources) -> Loop:
    return Loop(registers)


def test_a_missed_objective_of_a_quarter_or_year_that_is_over_opens_a_form(loop: Loop) -> None:
    loop.missed("MT2a", "Q1", "Q2", "Q3")
    loop.missed("MT2b", "Q2", verdict="Chưa đủ căn cứ")
    loop.missed("MT1", "Q2", verdict="Cảnh báo")
    loop.build(date(2025, 8, 31))
    assert loop.told("code, unit_code, opened_on, source, description") == [
        (
            "KPH-2025-MT2a-Q1", "VP", date(2025, 3, 31), "Mục tiêu không đạt",
            "Văn bản trao đổi nội bộ hoàn toàn điện tử: 96/100 đạt, chỉ tiêu 100 %, quý 1 năm 2025",
        ),
        (
            "KPH-2025-MT2a-Q2", "VP", date(2025, 6, 30), "Mục tiêu không đạt",
            "Văn bản trao đổi nội bộ hoàn toàn điện tử: 96/100 đạt, chỉ tiêu 100 %, quý 2 năm 2025",
        ),
    ]  # fmt: skip


def test_one_fact_opens_one_form(loop: Loop) -> None:
    """A whole is answered in its parts; a stock at the end of the last quarter is that of the year."""
    loop.missed("MT1", "Q3")
    loop.missed("MT1b", "Q3")
    loop.missed("D1", "Q4", "NAM")
    loop.missed("MT2a", "Q4", "NAM")
    loop.build()
    assert [code for (code,) in loop.told("code")] == [
        "KPH-2025-D1-NAM", "KPH-2025-MT1b-Q3", "KPH-2025-MT2a-NAM", "KPH-2025-MT2a-Q4",
    ]  # fmt: skip


def test_a_suspicion_recurs_in_its_third_month_and_only_where_it_counts(loop: Loop) -> None:
    loop.anomalies = [
        ("T22", "H19.02.04", "medium", day) for day in ("2025-01-07", "2025-01-09", "2025-05-05", "2025-09-12")
    ]
    loop.anomalies += [("T06", "H19.02.04", "low", f"2025-0{month}-01") for month in (1, 2, 3)]
    loop.anomalies += [("T19", "?", "high", f"2025-0{month}-01") for month in (1, 2, 3)]
    loop.anomalies += [("T01", "H19.99", "high", f"2025-0{month}-01") for month in (1, 2, 3)]
    loop.anomalies += [("T20", "H19.02.20", "high", f"2025-0{month}-01") for month in (1, 2)]
    loop.build()
    assert loop.told("code, unit_name, opened_on, records", "marts.nonconformity_opening") == [
        ("KPH-2025-T22-H19.02.04", "Phòng Tổng hợp", date(2025, 9, 12), 4)
    ]


def test_a_failed_inspection_opens_a_form_for_each_unit_of_its_conclusion(loop: Loop) -> None:
    loop.registers.given(
        "inspections",
        """
        unit                       | conclusion_number | concluded_on | result
        ---------------------------+-------------------+--------------+---------
        Phòng Tổng hợp             | 704/TB-VP         | 2025-09-30   | Chưa đạt
        Phòng Hành chính - Tổ chức | 704/TB-VP         | 2025-09-30   | Chưa đạt
        Phòng Tổng hợp             | 705/TB-VP         | 2025-10-30   | Khá
        """,
    )
    loop.build()
    assert loop.told("code, unit_code, source, reference") == [
        ("KPH-2025-KT-704/TB-VP-H19.02.02", "H19.02.02", "Kiểm tra không đạt", "704/TB-VP"),
        ("KPH-2025-KT-704/TB-VP-H19.02.04", "H19.02.04", "Kiểm tra không đạt", "704/TB-VP"),
    ]


def test_how_a_form_stands_and_what_is_due_next(loop: Loop) -> None:
    """By what is written up to the closing date; what a room writes of days to come is not there yet."""
    loop.missed("MT2a", "Q1", "Q2", "Q3")
    loop.missed("MT2b", "Q1", "Q2", "Q3")
    loop.missed("D1", "NAM")
    rows = rows_of(
        """
        form_number       | due_on     | done_on    | effectiveness | effectiveness_on | closed_on
        ------------------+------------+------------+---------------+------------------+-----------
        kph-2025-mt2a-q1  | 2025-05-31 | 2025-05-20 | Có hiệu lực   | 2025-08-01       | 2025-08-02
        KPH-2025-MT2a-Q2  | 2025-08-31 | 2025-09-20 | Có hiệu lực   | 2025-12-20       |
        KPH-2025-MT2a-Q3  | 2025-11-30 | 2025-12-01 |               |                  |
        KPH-2025-MT2b-Q1  | 2025-05-31 | 2025-05-20 | Chưa hiệu lực | 2025-08-01       | 2025-08-02
        KPH-2025-MT2b-Q2  | 2025-12-30 |            |               |                  |
        KPH-2025-MT2b-Q3  | 2025-12-31 | 2026-01-05 | Có hiệu lực   | 2026-02-01       | 2026-02-02
        KPH-2025-MT4a-NAM | 2026-01-31 |            |               |                  |
        """
    )
    loop.registers.take("nonconformities", [ACTION | row for row in rows])
    loop.registers.given("nonconformities", form_number="TH-01", opened_on="2025-10-01", cause="Chưa rõ quy trình")
    loop.build()
    assert loop.states() == {
        "KPH-2025-MT2a-Q1": ("Đã đóng", None, False),
        "KPH-2025-MT2a-Q2": ("Chờ đóng phiếu", date(2026, 1, 3), False),
        "KPH-2025-MT2a-Q3": ("Chờ đánh giá hiệu lực", date(2026, 3, 1), False),
        "KPH-2025-MT2b-Q1": ("Chưa hiệu lực", date(2025, 8, 15), True),
        "KPH-2025-MT2b-Q2": ("Đang khắc phục", date(2025, 12, 30), True),
        "KPH-2025-MT2b-Q3": ("Đang khắc phục", date(2025, 12, 31), False),
        # An answer to a form that stands no longer is kept, and told.
        "KPH-2025-MT4a-NAM": ("Đang khắc phục", date(2026, 1, 31), False),
        "TH-01": ("Đang phân tích", date(2025, 10, 15), True),
        "KPH-2025-D1-NAM": ("Chưa trả lời", date(2026, 1, 14), False),
    }
    assert loop.broken() == {"closed_form_had_effect", "form_answers_an_opening"}


def test_nobody_is_late_for_a_form_that_did_not_exist(loop: Loop) -> None:
    loop.missed("MT2a", "Q1")
    loop.build(known_from=date(2025, 12, 25))
    assert loop.states() == {"KPH-2025-MT2a-Q1": ("Chưa trả lời", date(2026, 1, 8), False)}


def test_what_recurs_is_the_same_matter_in_the_same_unit_within_a_year(loop: Loop) -> None:
    loop.missed("MT2a", "Q1", "Q3", "NAM")
    loop.missed("MT2b", "Q3")
    loop.build()
    assert loop.told("code, recurs_of") == [
        ("KPH-2025-MT2a-NAM", None),
        ("KPH-2025-MT2a-Q1", None),
        ("KPH-2025-MT2a-Q3", "KPH-2025-MT2a-Q1"),
        ("KPH-2025-MT2b-Q3", None),
    ]


def test_causes_are_counted_and_joined_to_their_records(loop: Loop) -> None:
    loop.missed("MT2b", "Q1", "Q2")
    loop.failing = [("MT2b", "1/QĐ", "2025-02-01"), ("MT2b", "2/QĐ", "2025-03-31"), ("MT2b", "3/QĐ", "2025-05-01")]
    rows = [("KPH-2025-MT2b-Q1", 4), ("KPH-2025-MT2b-Q2", 4), ("TH-01", 4), ("TH-02", 1)]
    loop.registers.take(
        "nonconformities", [ACTION | {"form_number": number, "cause_code": CAUSES[cause]} for number, cause in rows]
    )
    loop.build()
    assert loop.told("position, cause_code, cause_label, nonconformities, records", "marts.nonconformity_cause") == [
        (1, "N05", "Phần mềm, hạ tầng, kết nối", 3, 3),
        (2, "N02", "Thiếu nhân lực, quá tải", 1, 0),
    ]
    assert loop.told("share, cumulative_share", "marts.nonconformity_cause") == [(0.25, 1.0), (0.75, 0.75)]
    assert loop.told("code, record_key", "marts.nonconformity_record") == [
        ("KPH-2025-MT2b-Q1", "1/QĐ"), ("KPH-2025-MT2b-Q1", "2/QĐ"), ("KPH-2025-MT2b-Q2", "3/QĐ"),
    ]  # fmt: skip


def test_audits_surveys_and_decisions_as_an_auditor_asks_for_them(loop: Loop) -> None:
    ask = loop.registers
    ask.given("internal_audits", audited_on="2025-09-11", minor="2", report_number="15/BC")
    ask.given("internal_audits", unit="Phòng Hành chính - Tổ chức", planned_on="2025-10-01")
    ask.given("nonconformities", form_number="DG-1", found_by="Đánh giá nội bộ", reference="15/BC")
    ask.given("surveys", invited="400", answered="212", satisfied="196", average_score="4.35")
    ask.given("surveys", topic="Một cửa", invited="40", answered="17", satisfied="17")
    ask.given("management_reviews", decision="Bổ sung người", due_on="2025-12-30")
    ask.given("management_reviews", number="2", decision="Mua máy", due_on="2025-12-30", done_on="2025-12-01")
    loop.build()
    assert loop.told("unit_code, nonconformities, findings_without_form, is_overdue", "marts.internal_audit") == [
        ("H19.02.02", 0, 0, True),
        ("H19.02.04", 1, 1, False),
    ]
    assert loop.told("topic, score, answered, response_rate, is_enough", "marts.survey") == [
        ("Một cửa", None, 17, 0.425, False),
        ("Trả kết quả", 4.35, 212, 0.53, True),
    ]
    assert loop.told("number, state", "marts.management_review") == [(1, "Quá hạn"), (2, "Đã thực hiện")]
    assert loop.told("kind, record_key, due_on, is_overdue, days_over", "marts.due_action") == [
        ("Sự không phù hợp", "DG-1", date(2025, 7, 14), True, 170),
        ("Xem xét của lãnh đạo", "02/BB, TT 1", date(2025, 12, 30), True, 1),
        ("Đánh giá nội bộ", "18/CTr-VP, Phòng Hành chính - Tổ chức", date(2025, 10, 1), True, 91),
    ]


def test_every_input_of_a_review_is_filled(loop: Loop) -> None:
    loop.missed("MT2a", "Q1")
    loop.build()
    told = dict(loop.told("input, facts", "marts.management_review_input"))
    assert [dictionary.load().label("input", code) for code in sorted(told)] == sorted(INPUTS)
    assert told["c4"] == "1 phiếu: 0 đã đóng, 1 chưa trả lời, 1 quá hạn, 0 tái diễn"


def test_the_list_of_causes_is_that_of_the_template(loop: Loop) -> None:
    known = loop.registers.query("select cause_code || ' ' || label from reference.nonconformity_causes order by all")
    assert [words for (words,) in known] == list(CAUSES)


def test_what_a_register_of_the_loop_tells_in_two_ways_opens_the_range_of_what_it_feeds(loop: Loop) -> None:
    loop.registers.take(
        "nonconformities",
        [
            ACTION | row
            for row in rows_of(
                """
                form_number | due_on     | done_on    | effectiveness | effectiveness_on | differing_columns
                ------------+------------+------------+---------------+------------------+------------------
                TH-1        | 2025-09-30 | 2025-09-01 | Có hiệu lực   | 2025-12-01       |
                TH-2        | 2025-09-30 | 2025-10-05 |               |                  |
                TH-3        | 2025-09-30 | 2025-09-01 | Có hiệu lực   | 2025-12-01       | Ngày hoàn thành
                TH-4        | 2025-09-30 |            |               |                  | Thời hạn
                """
            )
        ],
    )
    ask = loop.registers
    ask.given("internal_audits", audited_on="2025-09-11", minor="2", differing_columns="Số điểm không phù hợp nhẹ")
    ask.given("surveys", invited="400", answered="212", satisfied="196", differing_columns="Số phiếu thu về")
    ask.given("management_reviews", decision="Mua máy", due_on="2025-12-30", differing_columns="Ngày hoàn thành")
    loop.build()
    columns = "figure, numerator, denominator, undetermined, actual, lower_bound, upper_bound"
    where = "where source = 'Tất cả' and period_kind = 'year' and figure <> 'tai_dien'"
    assert loop.told(columns, f"marts.corrective_action_figure {where}") == [
        ("dung_han", 1, 2, 2, 0.5, 0.25, 0.75),
        ("hieu_luc", 1, 1, 1, 1.0, 0.5, 1.0),
    ]
    states = {code: state for code, (state, *_) in loop.states().items()}
    assert (states["TH-1"], states["TH-3"], states["TH-4"]) == ("Chờ đóng phiếu", "Sổ mâu thuẫn", "Sổ mâu thuẫn")
    assert loop.told("findings_without_form", "marts.internal_audit") == [(None,)]
    assert loop.told("response_rate, satisfied_share, is_enough", "marts.survey") == [(None, None, None)]
    assert loop.told("state", "marts.management_review") == [("Sổ mâu thuẫn",)]
    told = dict(loop.told("input, facts", "marts.management_review_input"))
    assert [told[code].rpartition("; ")[2] for code in ("a", "c1", "c4", "c6")] == [
        f"{count} bản ghi sổ ghi hai lần khác nhau" for count in (1, 1, 2, 1)
    ]
    steps = [step for step, key in loop.told("step, record_key", "marts.due_action") if step.startswith("Sửa sổ")]
    assert len(steps) == 3
