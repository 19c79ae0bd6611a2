"""The agencies of the one-door system: the Office, departments, communes, and closed units."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files


ORG = "H19"
FORMER = "H10"
OFFICE = "H19.02"
CENTRE = "H19.02.20"
REORGANISED = date(2025, 7, 1)
UNKNOWN_CODE = "H19.88"

_OFFICE_ROOMS = (
    ("H19.02.01", "Lãnh đạo Văn phòng"),
    ("H19.02.02", "Phòng Hành chính - Tổ chức"),
    ("H19.02.03", "Phòng Quản trị - Tài vụ"),
    ("H19.02.04", "Phòng Tổng hợp"),
    ("H19.02.05", "Phòng Kinh tế"),
    ("H19.02.06", "Phòng Khoa giáo - Văn xã"),
    ("H19.02.07", "Phòng Nội chính"),
    ("H19.02.08", "Phòng Kiểm soát thủ tục hành chính"),
    ("H19.02.09", "Phòng Ngoại vụ"),
    ("H19.02.10", "Ban Tiếp công dân tỉnh"),
    (CENTRE, "Trung tâm Phục vụ hành chính công tỉnh"),
)
_DEPARTMENTS = (
    "Sở Nội vụ",
    "Sở Tư pháp",
    "Sở Tài chính",
    "Sở Công Thương",
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Khoa học và Công nghệ",
    "Sở Văn hóa, Thể thao và Du lịch",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Dân tộc và Tôn giáo",
    "Thanh tra tỉnh",
    "Ban Quản lý các khu công nghiệp, khu kinh tế",
)
_FORMER_DEPARTMENTS = (
    ("H10.02", "Văn phòng UBND tỉnh Bình Phước"),
    ("H10.03", "Sở Tài chính tỉnh Bình Phước"),
    ("H10.04", "Sở Tư pháp tỉnh Bình Phước"),
    ("H10.05", "Sở Nông nghiệp và Môi trường tỉnh Bình Phước"),
)


@dataclass(frozen=True)
class Agency:
    """A unit of the directory; `written` is its code as the one-door system spells it."""

    id: str
    code: str
    written: str
    name: str
    parent: str | None
    kind: str
    opened: date = date(2013, 4, 25)
    closed: date | None = None

    @property
    def is_province_level(self) -> bool:
        return self.kind in {"office", "department"}


def long_style(code: str) -> str:
    """The code in the right-to-left form of 2016: H19.22.20 becomes 000.20.22.H19."""
    head, *groups = code.split(".")
    padded = ["00"] * (2 - len(groups)) + list(reversed(groups))
    return ".".join(["000", *padded, head])


def _rows(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _plain_rows() -> list[tuple[str, str, str | None, str]]:
    """(code, name, parent, kind) of every unit."""
    rows: list[tuple[str, str, str | None, str]] = [
        (ORG, "UBND tỉnh Đồng Nai", None, "province"),
        (OFFICE, "Văn phòng UBND tỉnh", ORG, "office"),
    ]
    rows += [(code, name, OFFICE, "office") for code, name in _OFFICE_ROOMS]
    rows += [(f"H19.{n:02}", name, ORG, "department") for n, name in enumerate(_DEPARTMENTS, 3)]
    for number, row in enumerate(_rows("communes.csv"), 101):
        rows.append((f"H19.{number}", f"UBND {row['kind'].lower()} {row['name']}", ORG, "commune"))
    rows.append((FORMER, "UBND tỉnh Bình Phước", None, "former"))
    rows += [(code, name, FORMER, "former") for code, name in _FORMER_DEPARTMENTS]
    for row in _rows("closed_units.csv"):
        kind = "district" if row["code"].startswith(ORG) else "former"
        rows.append((row["code"], row["name"], row["parent"], kind))
    return rows


def _agency(number: int, code: str, name: str, parent: str | None, kind: str) -> Agency:
    # Units older than the two-tier model are often still spelled the way of 2016.
    old = kind in {"district", "former"} and number % 2 == 0
    return Agency(
        id=f"63a{number:05x}{'5f1c2d7e9b4a6038'}",
        code=code,
        written=long_style(code) if old else code,
        name=name,
        parent=parent,
        kind=kind,
        opened=REORGANISED if kind == "commune" else date(2013, 4, 25),
        closed=date(2025, 6, 30) if kind in {"district", "former"} else None,
    )


@cache
def agencies() -> tuple[Agency, ...]:
    """Every unit of the directory, in a fixed order."""
    return tuple(_agency(number, *row) for number, row in enumerate(_plain_rows()))


@cache
def by_code() -> dict[str, Agency]:
    return {agency.code: agency for agency in agencies()}


@cache
def departments() -> dict[str, Agency]:
    """The Office and the departments of the province, by name."""
    names = {"Văn phòng UBND tỉnh", *_DEPARTMENTS}
    return {agency.name: agency for agency in agencies() if agency.name in names and agency.parent == ORG}


def lineage(code: str) -> list[str]:
    """The unit and everything above it."""
    found = []
    current: str | None = code
    while current is not None:
        found.append(current)
        current = by_code()[current].parent
    return found


def scopes(code: str, closing_date: date) -> set[str]:
    """Every scope a unit counts in: itself, those above, the province, the headline (VP)."""
    if code not in by_code():
        return {ORG, "VP"}
    found = set(lineage(code))
    if FORMER in found and closing_date >= REORGANISED:
        found.add(ORG)
    if OFFICE in found:
        found.add("VP")
    return found
