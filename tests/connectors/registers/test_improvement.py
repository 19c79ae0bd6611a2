"""The registers of the loop: a post and never a name, a score with decimals, a form known again by its number."""

import json
from pathlib import Path

import pytest

from connectors.registers.cells import WrongCell, converted
from connectors.registers.improvement import SURVEYS
from connectors.registers.shapes import Column
from tests.support.workbooks import GOOD, read, write


def test_of_who_is_responsible_the_post_alone_is_kept(tmp_path: Path) -> None:
    row = GOOD["nonconformities"] | {
        "Chức danh chịu trách nhiệm": "Trần Thị Bích Thủy, Trưởng phòng Phòng Tổng hợp",
        "Nguyên nhân gốc": "Ông Nguyễn Văn Tèo chưa được tập huấn",
    }
    write(tmp_path, "nonconformities", row)
    kept = json.loads(next(iter(read(tmp_path).records["nonconformities"].values())).payload)
    assert kept["responsible_post"] == "Trưởng phòng, Phòng Tổng hợp"
    assert kept["cause"] == "(tên người) chưa được tập huấn"


def test_a_form_is_known_again_by_its_number_in_any_spelling(tmp_path: Path) -> None:
    forms = [GOOD["nonconformities"] | {"Số phiếu": number} for number in ("KPH-2025-MT1-Q2", "kph-2025-mt1-q2 ")]
    write(tmp_path, "nonconformities", *forms)
    contents = read(tmp_path)
    assert len(contents.records["nonconformities"]) == 1
    assert [one.message for one in contents.rejections] == ["trùng với dòng 2"]


@pytest.mark.parametrize(("given", "kept"), [("4,35", "4.35"), (4.35, "4.35"), (4, "4"), ("4.0", "4")])
def test_a_score_has_decimals(given: object, kept: str) -> None:
    assert converted(score(), given) == kept


@pytest.mark.parametrize("given", ["-1", "4,3,5", "bốn"])
def test_what_is_no_number_is_told(given: str) -> None:
    with pytest.raises(WrongCell, match="phải là số không âm"):
        converted(score(), given)


def score() -> Column:
    return next(column for column in SURVEYS.columns if column.kind == "number")
