"""Conditions of indicators by data: what may be said, what is refused and in which words, and that they mean SQL."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.support.warehouses import loaded_warehouse
from warehouse import building, models, reference
from warehouse.reference import ReferenceDataError
from warehouse.reference.conditions import alternatives
from warehouse.reference.countable import columns_of


COLUMNS = {"a": "number", "b": "number", "word": "text", "day": "date", "other": "date", "seen_at": "moment"}
# The same rows as typed columns and as what a register says.
ROWS = """
values
    (1, 1, 2, 'Đúng', date '2025-01-31', date '2025-02-01', timestamp '2025-01-31 08:00:00'),
    (2, 2.5, 2.5, 'sai', date '2025-02-01', date '2025-02-01', timestamp '2025-02-01 00:00:00'),
    (3, -10, 9, 'đúng', null, date '2024-12-31', null),
    (4, null, 2, null, date '2025-01-30', null, timestamp '2025-01-30 23:59:00'),
    (5, 100, null, 'Không', null, null, null)
"""
MEANT = [
    "a >= 2", "a < b", "a <> 1", "b > a", "2 >= a", "a = 2.5", "a > -5", "word = 'sai'", "word <> 'sai'",
    "word in ('sai', 'Không')", "word not in ('sai')", "not word in ('sai')", "word is null", "word is not null",
    "a between 1 and 2.5", "a not between 1 and 2.5", "not (a between 1 and 2.5)", "day <= '2025-01-31'",
    "day <= date '2025-01-31'", "day <= other", "day is not null and day <= other", "not (day <= other or a > 2)",
    "(a > 1 or word = 'sai') and (b = 2 or day is null)", "not (a > 1 and not (b < 5))",
]  # fmt: skip
REFUSED = [
    ("a in (select 1)", "không nhận truy vấn con"),
    ("exists (select 1 from raw.portal__dossiers)", "không nhận truy vấn con"),
    ("word = (select content from read_text('/etc/passwd'))", "không nhận truy vấn con"),
    ("read_text('/etc/passwd') = word", "không nhận hàm hay phép tính"),
    ("lower(word) = 'sai'", "không nhận hàm hay phép tính"),
    ("a + 1 = 2", "không nhận hàm hay phép tính"),
    ("word like '%a%'", "không nhận hàm hay phép tính"),
    ("a::varchar = '1'", "không nhận phép đổi kiểu"),
    ("case when a = 1 then true end", "không nhận CASE"),
    ("salary > 1", "sổ không có cột salary"),
    ("core.dossiers.unit_code = 'x'", "sổ không có cột core.dossiers.unit_code"),
    ("a = 1; drop table x", "không đọc được biểu thức"),
    ("a = 1 from x", "phải là đúng một biểu thức"),
    ("a = 1 union select true", "phải là đúng một biểu thức"),
    ("a = 1, b = 2", "phải là đúng một biểu thức"),
    ("a", "chỉ nhận so sánh"),
    ("1 = 1", "phải có ít nhất một cột"),
    ("a = null", "is null"),
    ("a = 'nhiều'", "không so sánh được với cột loại số"),
    ("day = '31/01/2025'", "không so sánh được với cột loại ngày"),
    ("day = '2025-02-30'", "không so sánh được với cột loại ngày"),
    ("a = word", "không cùng loại"),
    ("((", "không đọc được biểu thức"),
    ("", "không đọc được biểu thức"),
    (" and ".join(f"(a = {n} or b = {n})" for n in range(9)), "quá nhiều tổ hợp"),
]
ENTRY = """
rows:
  - indicator: HL
    register: {register}
    filter: "{condition}"
    period_column: {period}
    reasons: [{{words: Sai}}]
    label: Hài lòng
    formula: a / b
    citation: Điều 1
    source_words: Sổ
"""
OBJECTIVE = """
rows:
  - {indicator: HL, position: 90, clause: Điều 1, label: Hài lòng, commitment_verb: đạt, unit_scope: VP,
     is_province_wide: false, objective_year: 2025, valid_from: 2025-01-01, citation: Thử}
"""


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_no_condition_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        alternatives(text, COLUMNS)


def test_conditions_mean_what_sql_means(tmp_path: Path) -> None:
    """Over every row with and without values: true, false or unknown as DuckDB itself says."""
    with loaded_warehouse(tmp_path, clock=lambda: datetime(2025, 1, 1, tzinfo=UTC)) as warehouse:
        ask = warehouse.query
        ask(f"create table rows as select * from ({ROWS}) as given (record_key, a, b, word, day, other, seen_at)")
        ask("create table staging.countable_rows as select 'x' as register_name, record_key::varchar as record_key,"
            " to_json(rows)::varchar as facts from rows")  # fmt: skip
        ask("create or replace table reference.register_indicators as select 'HL' as indicator, number::varchar as"
            f" definition, date '0001-01-01' as holds_from, date '9999-12-31' as holds_to, 'x' as register_name"
            f" from range({len(MEANT)}) as numbers (number)")  # fmt: skip
        for number, text in enumerate(MEANT):
            for alternative, terms in enumerate(alternatives(text, COLUMNS)):
                for term in terms:
                    warehouse.query(
                        "insert into reference.indicator_conditions by name select 'HL' as indicator, $1 as definition,"
                        " date '0001-01-01' as holds_from, date '9999-12-31' as holds_to, 'filter' as role,"
                        " $2::integer as alternative, $3 as column_name, $4 as comparison, $5 as kind,"
                        " $6::varchar[] as constants, $7 as other_column",
                        [str(number), alternative, term.column_name, term.comparison, term.kind,
                         list(term.constants), term.other_column],
                    )  # fmt: skip
        building.build(warehouse, next(one for one in models.load() if one.name == "condition_results"))
        for number, text in enumerate(MEANT):
            ours = ask(f"select record_key::integer, truth from indicators.condition_results"
                       f" where definition = '{number}' order by all")  # fmt: skip
            # People write Đúng and đúng; SQL alone tells them apart.
            assert ours == ask(f"select record_key, ({text}) from rows order by all"), text


def test_a_moment_is_held_against_a_day_by_its_day() -> None:
    ((term,),) = alternatives("seen_at <= '2025-01-31'", COLUMNS)
    assert (term.kind, term.constants) == ("moment", ("2025-01-31",))
    ((term,),) = alternatives("seen_at <= day", COLUMNS)
    assert (term.kind, term.other_column) == ("date", "day")


def test_the_columns_of_a_register_are_those_that_are_staged() -> None:
    known = columns_of("surveys") or {}
    assert (known["ends_on"], known["satisfied"], known["topic"]) == ("date", "number", "text")
    assert "content_hash" not in known
    assert (columns_of("dossiers") or {})["ended_on"] == "date"
    assert columns_of("rejections") is None
    assert columns_of("../core/dossiers") is None


@pytest.mark.parametrize(
    ("register", "condition", "period", "words"),
    [
        ("surveys", "topic in (select 1)", "ends_on", ["HL", "topic in (select 1)", "không nhận truy vấn con"]),
        ("surveys", "topic = 'x'", "topic", ["HL", "period_column", "'topic'"]),
        ("khao_sat", "topic = 'x'", "ends_on", ["HL", "không có sổ 'khao_sat'"]),
        ("officials", "kind = 'Viên chức'", "starts_on", ["HL", "thông tin cá nhân"]),
    ],
)
def test_a_wrong_row_stops_the_load_and_names_indicator_and_expression(
    tmp_path: Path, register: str, condition: str, period: str, words: list[str]
) -> None:
    entry = ENTRY.format(register=register, condition=condition, period=period)
    (tmp_path / "register_indicators.them.yaml").write_text(entry, encoding="utf-8")
    (tmp_path / "objectives.them.yaml").write_text(OBJECTIVE, encoding="utf-8")
    with pytest.raises(ReferenceDataError) as refused:
        reference.read_all(tmp_path)
    assert [word for word in words if word not in str(refused.value)] == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("HL,2025-01-01,>=,97,,Thử", "target phải từ 0 đến 1, đang là 97"),
        ("HL,2025-01-01,range,0.5,,Thử", "phải có upper_target"),
        ("HL,2025-01-01,range,0.5,0.4,Thử", "không nhỏ hơn target"),
        ("HL,2025-01-01,!=,0.5,,Thử", "chỉ nhận một trong các giá trị"),
    ],
)
def test_a_target_fits_what_is_measured(tmp_path: Path, row: str, words: str) -> None:
    entry = ENTRY.format(register="surveys", condition="topic = 'x'", period="ends_on")
    (tmp_path / "register_indicators.them.yaml").write_text(entry, encoding="utf-8")
    (tmp_path / "objectives.them.yaml").write_text(OBJECTIVE, encoding="utf-8")
    header = "indicator,valid_from,operator,target,upper_target,citation\n"
    (tmp_path / "targets.them.csv").write_text(header + row + "\n", encoding="utf-8")
    with pytest.raises(ReferenceDataError, match=words):
        reference.read_all(tmp_path)
