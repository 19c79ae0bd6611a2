"""Tables of the national scores that somebody saved from the portal: workbooks in a folder, as `rest.jsp` gives rows.

A sheet says whether it holds a year or a month ("Điểm năm", "Điểm tháng"), the file's name which (…T10_2025…,
…thang_10_2025…). A sheet that does not say, as those of the departments, stays unread: nobody knows its period.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from connectors.border import Border
from connectors.errors import SourceUnavailable
from connectors.national_scores import PARTS, Period, score_records
from connectors.records import Page, Pseudonymiser, Record, page_of
from connectors.registers.cells import plain
from connectors.registers.files import fault, told_name
from connectors.registers.folder import RequestCounts
from connectors.registers.sheets import Sheet, UnreadableFile
from connectors.registers.workbooks import Workbooks


ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")
MONTH_IN_NAME = re.compile(r"(?:^|[^a-z])(?:t|thang)[ _-]*(\d{1,2})[ _.-]+(20\d{2})(?!\d)")
KINDS = {"diem nam": "year", "diem thang": "month"}
NEEDED = ("MA_COQUAN", *PARTS)


@dataclass(frozen=True)
class Left:
    """What of a file was not read, for the officer."""

    place: str
    why: str


class ScoreWorkbooks:
    """A folder of workbooks, read once; of two files with one period the name that sorts last holds."""

    def __init__(self, folder: Path, pseudonymiser: Pseudonymiser | None = None) -> None:
        self.folder = folder
        self._pseudonymiser = pseudonymiser
        self._border = Border(pseudonymiser)
        self.http = RequestCounts()
        self.left: list[Left] = []

    def scores(self, org_code: str) -> Iterator[Page]:
        """Raises SourceUnavailable where the folder cannot be reached; a bad file costs itself alone."""
        found: dict[str, Record] = {}
        for name, sheets in self.sheets.items():
            for period, rows in self.tables(name, sheets):
                found |= {kept.key: kept for kept in score_records(rows, org_code, period, self._border)}
        yield page_of(list(found.values()))

    @cached_property
    def sheets(self) -> dict[str, list[Sheet]]:
        found: dict[str, list[Sheet]] = {}
        with Workbooks() as workbooks:
            for path in self.files():
                try:
                    found[path.name] = workbooks.sheets_of(path)
                    self.http.bytes += path.stat().st_size
                except (UnreadableFile, OSError) as error:
                    why = str(error) if isinstance(error, UnreadableFile) else "không mở được tệp"
                    self._leave(path.name, why)
        return found

    def files(self) -> list[Path]:
        try:
            listed = sorted(self.folder.iterdir())
        except OSError as error:
            raise SourceUnavailable("score_files", "không mở được thư mục SCORES_DIR") from error
        named = [one for one in listed if one.suffix.lower() in ENDINGS and one.name[0] not in ".~"]
        for path in named:
            if why := fault(path):
                self._leave(path.name, why)
        return [path for path in named if not fault(path)]

    def _leave(self, file: str, why: str, sheet: str = "") -> None:
        self.left.append(Left(told_name(Path(file), self._pseudonymiser) + sheet, why))

    def tables(self, name: str, sheets: list[Sheet]) -> Iterator[tuple[Period, list[dict[str, Any]]]]:
        told = MONTH_IN_NAME.search(plain(Path(name).stem))
        if told is None or not 1 <= int(told[1]) <= 12:
            self._leave(name, "tên tệp không nói tháng nào; đặt tên như bao_cao_T10_2025.xlsx")
            return
        for sheet in sheets:
            kind = KINDS.get(plain(sheet.name))
            rows = table_of(sheet)
            if kind and rows is not None:
                yield Period(int(told[2]), int(told[1]) if kind == "month" else 0), rows
            elif kind or rows is not None:
                missing = "thiếu cột " + ", ".join(NEEDED) if kind else "trang không nói là điểm năm hay điểm tháng"
                self._leave(name, missing, f", trang {sheet.name}")


def table_of(sheet: Sheet) -> list[dict[str, Any]] | None:
    """Rows by the names of the first row; None where it is no table of scores."""
    header = [str(cell or "").strip() for cell in (sheet.rows or [[]])[0]]
    if not set(NEEDED) <= set(header):
        return None
    return [dict(zip(header, cells, strict=False)) for cells in sheet.rows[1:]]
