"""The lists of dossiers that wait for somebody: by unit, sorted as asked, and as a workbook."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from assets.reports.asking import Publication
from assets.reports.desk.questions import DOSSIERS, ListedDossier


DAYS_AHEAD = 3
# Of dossiers whose unit the source does not name.
NO_UNIT = "-"
# In the order in which somebody should see to them.
LISTS = {
    "dang_qua_han": "Đang giải quyết, đã quá hạn",
    "sap_den_han": f"Đến hạn trong {DAYS_AHEAD} ngày",
    "tam_dung": "Đang tạm dừng",
    "thieu_du_lieu": "Thiếu hoặc sai dữ liệu",
    "tra_qua_han": "Đã xong quá hạn trong năm",
}
# Column → heading and width in a workbook.
COLUMNS = {
    "dossier_code": ("Mã hồ sơ", 28),
    "unit_name": ("Đơn vị", 36),
    "accepted_at": ("Tiếp nhận", 17),
    "due_at": ("Hạn trả", 17),
    "finished_at": ("Xong", 17),
    "days_late": ("Số ngày quá hạn", 12),
    "words": ("Tình trạng", 60),
}


@dataclass(frozen=True)
class UnitLists:
    """How many dossiers of a unit stand in each list."""

    unit_code: str
    unit_name: str
    counts: dict[str, int]


def by_unit(publication: Publication) -> list[UnitLists]:
    """Units with something to see to, those with the most overdue first. Raises NothingPublished."""
    return counted(every(publication))


def every(publication: Publication) -> list[ListedDossier]:
    """All lists of all units, by due date. Raises NothingPublished."""
    return publication.ask(DOSSIERS, unit_code=None, list_code=None, days_ahead=DAYS_AHEAD)


def counted(rows: Iterable[ListedDossier]) -> list[UnitLists]:
    """How many of them each unit has, those with the most overdue first."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        code = row.unit_code or NO_UNIT
        name = row.unit_name or ("Nguồn không ghi đơn vị" if code == NO_UNIT else code)
        found[code, name][row.list_code] += 1
    units = [UnitLists(code, name, {one: own[one] for one in LISTS}) for (code, name), own in found.items()]
    return sorted(units, key=lambda unit: (*(-unit.counts[one] for one in LISTS), unit.unit_name))


def listed(
    publication: Publication, list_code: str, unit_code: str | None, order: str = "due_at"
) -> list[ListedDossier]:
    """One list, of one unit or of all, by a column; what has no value there comes last. Raises NothingPublished."""
    found = publication.ask(DOSSIERS, unit_code=unit_code, list_code=list_code, days_ahead=DAYS_AHEAD)
    known = [row for row in found if getattr(row, order) is not None]
    known.sort(key=lambda row: getattr(row, order), reverse=order == "days_late")
    return known + [row for row in found if getattr(row, order) is None]


def workbook(title: str, rows: Sequence[ListedDossier]) -> bytes:
    """XLSX with typed cells: codes are text and keep their zeros, moments are moments."""
    import xlsxwriter

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
        moment = book.add_format({"num_format": "hh:mm dd/mm/yyyy"})
        made = book.add_worksheet("Danh sách")
        made.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
        for place, (name, (heading, width)) in enumerate(COLUMNS.items()):
            made.set_column(place, place, width)
            made.write_string(1, place, heading, bold)
            for number, row in enumerate(rows, start=2):
                value = getattr(row, name)
                if isinstance(value, datetime):
                    made.write_datetime(number, place, value, moment)
                elif isinstance(value, int):
                    made.write_number(number, place, value)
                elif value is not None:
                    made.write_string(number, place, value, wrapped)
        made.freeze_panes(2, 1)
        made.autofilter(1, 0, max(1, len(rows) + 1), len(COLUMNS) - 1)
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
    return file.getvalue()
