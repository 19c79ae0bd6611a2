"""The national portal's own figures of the province and its units: scores by QĐ 766 and totals (protocols C.3).

Only rows of the province pass, and of them codes and numbers: names of units are known from the directory.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from connectors.border import Border
from connectors.errors import SourceRefused
from connectors.http import HttpClient
from connectors.records import Page, Pseudonymiser, Record, Shape, page_of, record
from connectors.rest_jsp import rows_of


REFERER = "/p/home/dvc-index-tinhthanhpho-tonghop.html"
SCORES, TOTALS = "report_tinh_766_service", "report_by_month_sum_service"
EVERY_PROVINCE = "0"
PAGE_SIZE, MOST_PAGES, ROUND = 1000, 20, 50
PARTS = ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDHL", "MDSH", "TONG_SCORE")
SCORED: Shape = dict.fromkeys(("LOAI_COQUAN", *PARTS, "ROW_STT"), "number")
NAMES_OF_TOTALS = ("HS", "DB", "HTN_TRUCTIEP", "HTN_BUUCHINH", "HTN_TRUCTUYEN", "HTDH", "HTQH", "DXLTH", "DXLQH")
COUNTED: Shape = {f"{name}_TOTAL": "number" for name in NAMES_OF_TOTALS}
# A unit's code of either generation: H19.02, H19.101, 000.00.02.H19.
CODE = re.compile(r"[A-Z]\d{2}(\.\d{2,3}){0,3}|\d{3}(\.\d{2}){2}\.[A-Z]\d{2}")
# What came in between two questions, and a unit counted under two, are not the whole once more.
MOST_OF_THE_WHOLE = 1.5
TRIED = 5
NOT_BY_UNIT = "Cổng quốc gia không tách số hồ sơ theo đơn vị, chỉ có số của cả tỉnh"


class Period(NamedTuple):
    """A month of a year, or with month 0 the whole year."""

    year: int
    month: int = 0

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02}"


class NationalScores:
    """The report services of `rest.jsp`: no login, one row for each unit."""

    def __init__(self, http: HttpClient, pseudonymiser: Pseudonymiser | None = None) -> None:
        self.http = http
        self._border = Border(pseudonymiser)

    def unit_scores(self, org_code: str, periods: Iterable[Period]) -> Iterator[Page]:
        """The province, ranked among all, then its departments and communes, ranked among themselves.

        Raises SourceRefused where no period has them: an empty list is also what a gateway gives that does not answer.
        """
        found = 0
        for number, period in enumerate(periods, 1):
            province = self._province(org_code, period)
            rows = [province, *self.scores(period, str(province.get("ID")))] if province else []
            kept = score_records(rows, org_code, period, self._border)
            found += len(kept)
            yield page_of(kept, number, None, refused=len(rows) - len(kept))
        if not found:
            raise self._unknown(org_code)

    def totals(self, org_code: str, periods: Iterable[Period], by_unit: Iterable[Period] = ()) -> Iterator[Page]:
        """What the portal counts of the province's dossiers, one record a month, then of its units for `by_unit`."""
        ids: dict[int, str] = {}
        whole: dict[Period, list[Record]] = {}
        for number, period in enumerate(periods, 1):
            if period.year not in ids:
                ids[period.year] = str(self.of_province(org_code, Period(period.year)).get("ID"))
            whole[period] = self._counts(org_code, period, ids[period.year])
            yield page_of(whole[period], number, None)
        for number, period in enumerate((one for one in by_unit if whole.get(one)), len(whole) + 1):
            yield self._unit_totals(org_code, period, ids[period.year], received(whole[period]), number)

    def _counts(self, code: str, period: Period, province: str, unit: str = "") -> list[Record]:
        """One record, or none where nothing is counted."""
        asked = {**common(TOTALS, period, province), "p_huyen_id": unit, "p_linhvuc": 0}
        return [
            record(f"{period}|{code}", self._border.passed(numbers(row), COUNTED))
            for row in rows_of(self.http, asked, REFERER)[:1]
            if any(row.get(name) not in (None, "") for name in COUNTED)
        ]

    def _unit_totals(self, org_code: str, period: Period, province: str, whole: int, number: int) -> Page:
        """Of the units that it scores; of none where it is seen not to tell them apart.

        No client was seen to ask for a unit (protocols C.3): whoever passes over `p_huyen_id` gives each of them the
        province's own figures, and units cannot come to more than their province.
        """
        found: list[Record] = []
        for asked, row in enumerate(self.scores(period, province), 1):
            code = str(row.get("MA_COQUAN") or "").strip()
            if code != org_code and is_of(org_code, code):
                found += self._counts(code, period, province, str(row.get("ID")))
            if received(found) > whole * MOST_OF_THE_WHOLE or (asked == TRIED and not found):
                return replace(page_of([], number, None), told=(f"{NOT_BY_UNIT}, tháng {period}",))
        return page_of(found, number, None)

    def _unknown(self, org_code: str) -> SourceRefused:
        return SourceRefused(
            self.http.source,
            f"bảng điểm của Cổng quốc gia không có đơn vị mã {org_code}",
            advice="Kiểm tra MTCL_ORG_CODE và SCORES_URL; số liệu của Văn phòng không phụ thuộc vào nguồn này.",
        )

    def of_province(self, org_code: str, period: Period) -> dict[str, Any]:
        """Its row among all provinces. Raises SourceRefused where it has none."""
        if (row := self._province(org_code, period)) is None:
            raise self._unknown(org_code)
        return row

    def _province(self, org_code: str, period: Period) -> dict[str, Any] | None:
        rows = self.scores(period, EVERY_PROVINCE)
        return next((row for row in rows if row.get("MA_COQUAN") == org_code), None)

    def scores(self, period: Period, province: str) -> list[dict[str, Any]]:
        """All rows; a round number of them may be as many as the gateway gives in one page."""
        found: list[dict[str, Any]] = []
        for number in range(1, MOST_PAGES + 1):
            asked = {
                **common(SCORES, period, province),
                "p_huyen_id": "",
                "p_xa_id": "0",
                "p_6thang": 0,
                "p_quy": 0,
                "p_default": 0,
                "p_loaidonvi": 1,
                "loaichitieu": 0,
                "pageIndex": number,
                "pageSize": PAGE_SIZE,
            }
            rows = rows_of(self.http, asked, REFERER)
            if not rows or rows[0] in found:
                break
            found += rows
            if len(rows) % ROUND:
                break
        return found


def common(service: str, period: Period, province: str) -> dict[str, Any]:
    """Years and provinces are texts on this wire, months are too; the rest are numbers."""
    return {
        "service": service,
        "type": "ref",
        "p_nam": str(period.year),
        "p_tinh_id": province,
        "p_thang": str(period.month),
    }


def score_records(rows: Iterable[Mapping[str, Any]], org_code: str, period: Period, border: Border) -> list[Record]:
    """The province's rows, keyed `2025-10|H19.02`; whoever names no unit of it is somebody else's."""
    codes = ((str(row.get("MA_COQUAN") or "").strip(), row) for row in rows)
    return [
        record(f"{period}|{code}", border.passed(numbers(row), SCORED)) for code, row in codes if is_of(org_code, code)
    ]


def is_of(org_code: str, code: str) -> bool:
    return CODE.fullmatch(code) is not None and org_code in (code, code[: len(org_code)], code.split(".")[-1])


def received(records: Iterable[Record]) -> int:
    """Dossiers by `HS_TOTAL`; what is no number is set aside later and counts nothing here."""
    texts = (str(json.loads(one.payload).get("HS_TOTAL", "")) for one in records)
    return sum(int(text) for text in texts if text.isdecimal())


def numbers(row: Mapping[str, Any]) -> dict[str, Any]:
    """The leaves that are filled, with numbers as texts with a point; what is none is left to the border."""
    return {name: number(value) for name, value in row.items() if value not in (None, "")}


def number(value: Any) -> Any:
    if isinstance(value, float):
        return f"{value:.6g}"
    return str(value).strip().replace(",", ".") if isinstance(value, str | int) else value
