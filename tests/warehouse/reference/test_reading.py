"""Every reference file loads; a wrong one is refused with its file, line, column and value."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from warehouse import reference
from warehouse.reference import FILES, ReferenceDataError, read
from warehouse.reference.reading import rows_in
from warehouse.reference.schema import Verdict


def test_every_file_has_a_schema_and_only_what_the_office_must_name_is_empty() -> None:
    data = {path.name for path in Path(reference.__file__).parent.iterdir() if path.suffix in (".csv", ".yaml")}
    assert data - set(FILES) == {
        "objectives.2026.yaml", "targets.2026.csv", "definitions.ratings.csv", "definitions.owners.csv",
    }  # fmt: skip
    assert data >= set(FILES)
    assert {name for name in FILES if not read(name)} == {
        "financial_pauses.csv",
        "procedure_exclusions.csv",
        "register_indicators.yaml",
        "trajectories.csv",
    }


TARGETS = "indicator,valid_from,operator,target,citation\n"


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("targets.csv", f"{TARGETS}MT1,2025-05-08,>=,nhiều,x\n", "dòng 2, cột target: giá trị 'nhiều': không phải số"),
        ("targets.csv", f"{TARGETS}MT1,2025-05-08,>=,0.9700001,x\n", "cột target: giá trị '0.9700001': không phải số"),
        ("targets.csv", f"{TARGETS}MT1,2025-05-08,>,0.97,x\n", "cột operator: giá trị '>': chỉ nhận một trong"),
        ("targets.csv", f"{TARGETS}MT1,2025-05-08,>=,0.97,x,y\n", r"cột \(ô thừa\): giá trị \['y'\]: cột này không có"),
        ("financial_pauses.csv", "procedure,citation\n", "dòng 1, cột procedure: cột này không có"),
        ("targets.csv", "indicator,citation\nMT1,y\n", "dòng 2, cột valid_from: thiếu giá trị bắt buộc"),
        ("calendar.csv", "day,kind,citation\n2025-02-28,NGHI_LE,x\n2025-02-30,NGHI_LE,x\n", "dòng 3, cột day: giá trị"),
        ("calendar.csv", "day,kind,citation\n2025-04-25,LAM_BU,x\n", "dòng 2: ngày làm bù phải là thứ Bảy"),
        ("calendar.csv", "day,kind,citation\n2025-04-26,LAM_THEM,x\n", "cột kind: giá trị 'LAM_THEM'"),
        ("dossier_status_aliases.csv", "name,status_code,source\nA,11,x\n", "cột status_code: giá trị '11': phải nhỏ"),
        ("dossier_status_aliases.csv", "name,status_code,source\nA,5,\n", "cột source: thiếu giá trị bắt buộc"),
        ("applicant_groups.csv", "folded_value,applicant_group,citation\nHộ,ca_nhan,x\n", "không dấu: 'ho'"),
        ("headline_scope.csv", "unit_code,folded_name,citation\nH19,van phong,x\n", "đúng một trong hai"),
        ("headline_scope.csv", "unit_code,folded_name,citation\n,,x\n", "đúng một trong hai"),
        ("financial_pauses.csv", "procedure_code,citation\n1.2,x\n", "cột procedure_code: giá trị '1.2'"),
        ("parameters.yaml", "rows:\n- {code: P, question: q, value: 1, basis: b, valu: 2}", "mục 1, cột valu: giá trị"),
        ("parameters.yaml", "rows:\n- P-01", "mục 1: phải là các cặp"),
        ("parameters.yaml", "row: []", "chỉ nhận khóa"),
        ("parameters.yaml", "rows: [", "không phải YAML"),
    ],
)  # fmt: skip
def test_a_wrong_row_is_refused_by_file_line_column_and_value(name: str, text: str, says: str) -> None:
    with pytest.raises(ReferenceDataError, match=says) as refused:
        rows_in(name, text)
    assert name in str(refused.value)


def test_an_unknown_column_is_refused_in_every_file() -> None:
    for name, shape in FILES.items():
        with pytest.raises(ValidationError) as refused:
            shape.model_validate({"khong_co": "x"})
        assert ("khong_co",) in {error["loc"] for error in refused.value.errors()}, name


def test_a_row_cannot_be_changed_after_it_was_read() -> None:
    with pytest.raises(ValidationError):
        Verdict(verdict="dat", label="Đạt", position=1).label = "Chưa đạt"


def test_what_the_rows_of_a_yaml_file_have_in_common_stands_once() -> None:
    objectives = read("objectives.yaml")
    assert {(row.objective_year, row.valid_from, row.is_example) for row in objectives} == {
        (2025, date(2025, 5, 8), False),
        (2026, date(2026, 1, 1), True),
    }
