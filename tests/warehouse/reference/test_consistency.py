"""What contradicts itself between rows or files is refused before anything is written, all of it at once."""

from typing import Any

import pytest

from tests.support.source import Clock
from warehouse.database import Database
from warehouse.reference import ReferenceDataError, load, read_all
from warehouse.reference.consistency import check
from warehouse.reference.reading import rows_in
from warehouse.reference.schema import Office


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Any]]:
    return read_all()


SUCCESSIONS = "from_unit,to_unit,kind,on_date,citation\n"
OFFICE = "rows:\n- {" + ", ".join(f"{name}: x" for name in Office.model_fields if not name.startswith("valid_")) + "}"
PARAMETER = "rows:\n- {{code: P-13, question: x, basis: x, {}}}"
READING = (
    "indicator,reading,position,counted,definitions,period_calendar,is_province_wide,parameter,label,used_by,citation\n"
    "{},{},9,figures,BB,iso,false,{},x,x,x\n"
)
UNITS = "unit_code,name,kind,level,parent_code,valid_from,valid_to,is_code_official,citation,source\n"


@pytest.mark.parametrize(
    ("name", "added", "says"),
    [
        ("calendar.csv", "day,kind,citation\n2025-05-02,NGHI_LE,x\n", "day = 2025-05-02 đứng hai lần"),
        ("dossier_status_aliases.csv", "name,status_code,source\nđang  XỬ LÝ,5,x\n", "đứng hai lần"),
        ("dossier_status_aliases.csv", "name,status_code,source,valid_from\nĐang xử lý,5,x,2026-01-01\n", "hai lần"),
        ("dossier_status_aliases.csv", "name,status_code,source,valid_to\nXin hoãn,5,x,2026-01-01\n", "hết hiệu lực"),
        ("headline_scope.csv", "unit_code,citation,valid_from,valid_to\nH9,x,2026-02-01,2026-01-01\n", "H9 chồng"),
        ("applicant_groups.csv", "folded_value,applicant_group,citation\n2,ca_nhan,x\n", "folded_value = 2"),
        ("targets.csv", "indicator,valid_from,operator,target,citation\nMT9,2025-05-08,=,1,x\n", "'MT9' không có"),
        ("targets.csv", "indicator,valid_from,operator,target,citation\nMT1,2025-07-01,=,1,x\n", "MT1 chồng nhau"),
        ("parameters.yaml", PARAMETER.format("valid_from: 2026-01-01, value: x"), "P-13: giá trị 'x' không thuộc"),
        ("parameters.yaml", PARAMETER.format("valid_from: 2025-05-08, value: 1"), "code = P-13"),
        ("parameters.yaml", PARAMETER.format("valid_to: 2027-12-31, value: 1"), "P-13 hết hiệu lực ngày 2027-12-31"),
        ("units.csv", f"{UNITS}A,a,x,xa,B,2025-07-01,,false,x,x\n", "cột parent_code: 'B'"),
        ("units.csv", f"{UNITS}A,a,x,xa,,2025-07-01,2025-06-30,false,x,x\n", "A chồng nhau hoặc kết thúc trước"),
        ("units.csv", f"{UNITS}H10,a,x,tinh,,2025-06-30,,false,x,x\n", "H10 chồng nhau"),
        ("unit_successions.csv", f"{SUCCESSIONS}H10,H99,TACH,2025-07-01,x\n", "to_unit: 'H99'"),
        ("office.yaml", OFFICE, "đúng một cơ quan, đang có 2"),
        ("readings.csv", READING.format("MT9", "X", ""), "cột indicator: 'MT9'"),
        ("readings.csv", READING.format("MT5", "X", "P-99"), "cột parameter: 'P-99'"),
        ("readings.csv", READING.format("MT5", "BB", ""), "indicator = MT5, reading = BB, valid_from"),
        ("readings.csv", READING.format("MT4a", "X", ""), "cột definitions: 'MT4a BB'"),
        ("office_hours.csv", "starts,ends,minutes_before\n17:00,18:00,270\n", "17:00 sai thứ tự"),
    ],
)  # fmt: skip
def test_a_contradiction_is_refused(rows: dict[str, list[Any]], name: str, added: str, says: str) -> None:
    with pytest.raises(ReferenceDataError, match=says):
        check(rows | {name: [*rows[name], *rows_in(name, added)]})


def test_every_contradiction_is_told_at_once(rows: dict[str, list[Any]]) -> None:
    with pytest.raises(ReferenceDataError) as refused:
        check(rows | {name: rows[name] * 2 for name in ("channels.csv", "units.csv")})
    assert "channels.csv" in str(refused.value)
    assert "units.csv" in str(refused.value)


def test_loading_again_gives_the_same_versions(warehouse: Database, clock: Clock) -> None:
    first = load(warehouse)
    assert load(warehouse) == first
    assert set(first) == {
        "definitions",
        "indicators",
        "targets",
        "calendar",
        "units",
        "maps",
        "traps",
        "office",
        "improvement",
        "answers",
        "reference",
        "software",
    }
    assert dict(warehouse.query("select name, content_hash from reference.versions")) == first
