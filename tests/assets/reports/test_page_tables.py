"""The lists of the page: how many of each, and of a unit no more than a phone can hold."""

import json
from datetime import datetime

from assets.reports.desk.questions import ListedDossier
from assets.reports.page import tables


def listed(code: str, unit: str | None, name: str, late: int | None) -> ListedDossier:
    due = datetime(2025, 12, 1, 16, 30)
    return ListedDossier(name, code, unit, "UBND xã An Phước" if unit else None, due, due, None, late, "Quá hạn")


ROWS = [
    listed("1", "H19.28", "tra_qua_han", 9),
    listed("2", "H19.28", "dang_qua_han", 2),
    listed("3", "H19.28", "dang_qua_han", 5),
    listed("4", None, "tam_dung", None),
]


def test_a_unit_is_counted_whole() -> None:
    assert tables.waiting(ROWS)["rows"] == [
        ["UBND xã An Phước", "H19.28", 2, 0, 0, 0, 1],
        ["Nguồn không ghi đơn vị", "-", 0, 0, 1, 0, 0],
    ]


def test_the_most_pressing_dossiers_of_a_unit_stand_beside_the_page() -> None:
    text = tables.side(ROWS, most=2)
    held = json.loads(text.removeprefix(tables.SIDE).rstrip().removesuffix(";"))
    assert {unit: [line[0] for line in lines] for unit, lines in held.items()} == {"H19.28": ["3", "2"], "-": ["4"]}
    assert held["-"] == [["4", "Đang tạm dừng", "2025-12-01", None, "Quá hạn"]]
