"""Every reference file loads, a wrong one is refused by name, and the versions follow the content."""

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from warehouse import reference
from warehouse.database import Warehouse
from warehouse.reference import FILES, ReferenceDataError, read, status_names
from warehouse.reference.text import fold, fold_ascii


def test_every_file_has_a_schema_and_loads() -> None:
    data = {path.name for path in Path(reference.__file__).parent.iterdir() if path.suffix in (".csv", ".yaml")}
    assert data == set(FILES)
    assert {name: len(read(name)) for name in FILES if not read(name)} == {"financial_pauses.csv": 0}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("targets.csv", "indicator,valid_from,operator,target,citation\nMT1,2025-05-08,>=,1.97,x\n", "cột target"),
        ("targets.csv", "indicator,valid_from,operator,target,citation\nMT1,2025-05-08,>,0.97,x\n", "cột operator"),
        ("targets.csv", "indicator,valid_from,operator,target,citation,note\nMT1,2025-05-08,>=,0.9,x,y\n", "cột note"),
        ("calendar.csv", "day,kind,citation,valid_from\n2025-02-30,NGHI_LE,x,\n", "dòng 1, cột day"),
        ("dossier_status_aliases.csv", "name,status_code,outcome,source\nA,11,,x\n", "cột status_code"),
    ],
)
def test_a_wrong_row_is_refused_by_file_row_and_column(name: str, text: str, says: str) -> None:
    with pytest.raises(ReferenceDataError, match=says) as refused:
        read(name, text)
    assert name in str(refused.value)


def test_a_status_name_with_two_meanings_is_refused() -> None:
    national = read("dossier_statuses.csv")
    text = "name,status_code,outcome,source\nđang  XỬ LÝ,5,,x\n"
    with pytest.raises(ReferenceDataError, match="hai lần"):
        status_names(national, read("dossier_status_aliases.csv", text))


def test_the_communes_are_95_and_ten_of_them_changed_their_kind_in_2026() -> None:
    communes = [unit for unit in read("units.csv") if unit.level == "xa"]

    def kinds_on(day: date) -> Counter[str]:
        return Counter(
            unit.kind for unit in communes if unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)
        )

    assert kinds_on(date(2025, 7, 1)) == {"xã": 72, "phường": 23}
    assert kinds_on(date(2026, 4, 30)) == {"xã": 62, "phường": 33}


def test_eleven_districts_of_each_province_closed_on_30_06_2025() -> None:
    districts = [unit for unit in read("units.csv") if unit.level == "huyen"]
    assert Counter(unit.parent_code for unit in districts) == {"H19": 11, "H10": 11}
    assert {unit.valid_to for unit in districts} == {date(2025, 6, 30)}


def test_every_objective_has_a_target_and_every_measured_one_its_definitions() -> None:
    objectives = read("objectives.yaml")
    assert {objective.indicator for objective in objectives} == {target.indicator for target in read("targets.csv")}
    headlines = Counter(row.indicator for row in read("definitions.csv") if row.is_headline)
    assert headlines == {objective.indicator: 1 for objective in objectives if objective.is_measured}


def test_all_twenty_decision_parameters_have_a_value() -> None:
    codes = {parameter.code for parameter in read("parameters.yaml")}
    assert {f"P-{number:02d}" for number in range(1, 21)} <= codes


def test_python_and_sql_fold_alike(tmp_path: Path) -> None:
    spellings = ["  Đang  XỬ\u00a0lý ", "Hoà", "Ủy ban", "đường Đội Cấn", "ĐĂNG KÝ"]
    with Warehouse(tmp_path / "warehouse.duckdb", clock=lambda: datetime.now(UTC)) as warehouse:
        for text in spellings:
            found = warehouse.query("select fold($1::varchar), fold_ascii($1::varchar)", [text])
            assert found == [(fold(text), fold_ascii(text))]


def test_the_same_files_give_the_same_versions(tmp_path: Path) -> None:
    with Warehouse(tmp_path / "warehouse.duckdb", clock=lambda: datetime.now(UTC)) as warehouse:
        first = reference.load(warehouse)
        assert reference.load(warehouse) == first
        assert dict(warehouse.query("select name, content_hash from reference.versions")) == first
