"""The public gateway of the national procedure portal, `rest.jsp` (protocols C.2): no login, undocumented."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from connectors.border import Border
from connectors.errors import SourceChanged
from connectors.http import HttpClient
from connectors.records import Page, Pseudonymiser, Shape, page_of
from connectors.rest_jsp import rows_of
from connectors.tthc_shapes import ANNOUNCED, DECISION, PUBLIC_AGENCY, PUBLIC_FIELD, PUBLIC_PROCEDURE


REFERER = "/p/home/dvc-tthc-thu-tuc-hanh-chinh.html"
FULL_READS = 3
COUNTERS = ("AMOUNT", "TOTAL_RECORDS")
CHANGES = {
    "new": "get_procedures_by_dp_id_service_v2",
    "amended": "get_modified_procedures_by_dp_id_service_v2",
    "rescinded": "get_rescinded_procedures_by_dp_id_service_v2",
}


class Paging(NamedTuple):
    """What a list calls the size and the number of a page."""

    size: str = "recordPerPage"
    number: str = "pageIndex"


def total_of(rows: list[dict[str, Any]]) -> int | None:
    """The largest total any row repeats, None where there is none."""
    totals = [int(text) for row in rows for name in COUNTERS if (text := str(row.get(name) or "")).isdigit()]
    return max(totals, default=None)


class PublicGateway:
    """`rest.jsp`: no login, form-encoded, every value a string, the total repeated in every row."""

    def __init__(self, http: HttpClient, page_size: int = 500, pseudonymiser: Pseudonymiser | None = None) -> None:
        self.http = http
        self._page_size = page_size
        self._border = Border(pseudonymiser)

    def procedures(self, agency_id: str = "-1") -> Iterator[Page]:
        """Procedures as the public portal shows them; `agency_id` narrows to one implementing agency."""
        query = {
            "keyword": "",
            "agency_type": "-1",
            "impl_agency_id": agency_id,
            "object_id": "-1",
            "field_id": "-1",
            "impl_level_id": "-1",
        }
        service = "procedure_advanced_search_service_v2"
        yield from self._paged(service, query, PUBLIC_PROCEDURE, "PROCEDURE_CODE")

    def decisions(self) -> Iterator[Page]:
        """Announcing decisions, the feed of what is new, amended or rescinded."""
        # Without the last two a strict gateway answers an empty list, and no error (protocols E.4).
        query = {"keyword": "", "agency_id": "-1", "field_id": "-1", "publishing_date": ""}
        yield from self._paged("decision_publishment_advanced_search_service_v2", query, DECISION, "ID")

    def decision_procedures(self, decision_id: str) -> Iterator[Page]:
        """What one decision does, keyed `<decision>|<new, amended or rescinded>|<id>`."""
        for change, service in CHANGES.items():
            prefix = f"{decision_id}|{change}|"
            query = {"id": decision_id}
            yield from self._paged(service, query, PUBLIC_PROCEDURE, "ID", prefix)

    def announced(self, object_type: str = "1") -> Iterator[Page]:
        """Public services with their usage weight; `object_type` 1 for citizens, 5 for enterprises."""
        query = {
            "provider": "dvcquocgiaRead",
            "pKeyWord": "",
            "pCoQuanId": "-1",
            "pObjectType": object_type,
            "pMucDo": "-1",
        }
        paging = Paging("p_Page_Size", "p_Page_Index")
        yield from self._paged("get_ds_tthc_da_cong_bo_dvc_service", query, ANNOUNCED, "TTHC_MA", paging=paging)

    def fields(self) -> list[dict[str, Any]]:
        return [self._border.passed(row, PUBLIC_FIELD) for row in self._ask("procedure_get_list_field_service_v2", {})]

    def agencies(self) -> list[dict[str, Any]]:
        return [self._border.passed(row, PUBLIC_AGENCY) for row in self._ask("get_list_agency_service_v2", {})]

    def _paged(
        self,
        service: str,
        query: dict[str, str],
        shape: Shape,
        key: str,
        prefix: str = "",
        paging: Paging = Paging(),  # noqa: B008 - immutable
    ) -> Iterator[Page]:
        """A whole list. When its total falls meanwhile, rows were pulled up to where they are not seen: read again."""
        met: set[str] = set()
        for reading in range(FULL_READS):
            highest, has_fallen = 0, False
            for page in self._pages(service, query, shape, key, prefix, paging):
                unread = [kept for kept in page.records if kept.key not in met] if reading else page.records
                met.update(kept.key for kept in unread)
                yield replace(page, records=unread)
                has_fallen |= page.total_records is not None and page.total_records < highest
                highest = max(highest, page.total_records or 0)
            if not has_fallen:
                return

    def _pages(
        self, service: str, query: dict[str, str], shape: Shape, key: str, prefix: str, paging: Paging
    ) -> Iterator[Page]:
        """One reading: pages until one is empty, or short with as many read as there are; totals drift meanwhile."""
        number = read = 0
        met: set[str] = set()
        while True:
            number += 1
            asked = {**query, paging.size: str(self._page_size), paging.number: str(number)}
            rows = self._ask(service, asked)
            if rows and not any(row.get(key) for row in rows):
                raise SourceChanged("tthc_public", f"{service}: không dòng nào mang {key}")
            records = [self._border.record(row, shape, key, prefix=prefix) for row in rows]
            read += len(rows)
            total = total_of(rows)
            keys = {kept.key for kept in records}
            # A gateway that shows the first page for ever has shown everything.
            if rows and keys <= met:
                return
            yield page_of(records, number, -(-total // self._page_size) if total else None, total)
            # A short page is the last only if it says so: a gateway may give smaller pages than were asked.
            if not rows or (total is not None and len(rows) < self._page_size and read >= total):
                return
            met |= keys

    def _ask(self, service: str, query: dict[str, str]) -> list[dict[str, Any]]:
        params = {"service": service, "provider": "dvcquocgia", "type": "ref", **query}
        return rows_of(self.http, params, REFERER)
