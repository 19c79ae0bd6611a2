"""The public gateway of the national procedure portal, `rest.jsp` (protocols C.2): no login, undocumented, read gently."""

from collections.abc import Callable, Iterator
from typing import Any
import json

from connectors.errors import SourceChanged
from connectors.http import HttpClient
from connectors.records import Page
from connectors.tthc import Progress, page_of, record, silent


COUNTERS = ("AMOUNT", "TOTAL_RECORDS", "ROW_STT")


def total_of(rows: list[dict[str, Any]]) -> int | None:
    """The largest total any row repeats, None where there is none."""
    totals = [int(text) for row in rows for name in COUNTERS[:2] if (text := str(row.get(name) or "")).isdigit()]
    return max(totals, default=None)


class PublicGateway:
    """`rest.jsp`: no login, form-encoded, every value a string, the total repeated in every row."""

    def __init__(self, http: HttpClient, page_size: int = 500, progress: Progress = silent) -> None:
        self.http = http
        self._page_size = page_size
        self._progress = progress

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
        yield from self._paged(
            "public_procedures", "procedure_advanced_search_service_v2", query, lambda row: row.get("PROCEDURE_CODE")
        )

    def decisions(self) -> Iterator[Page]:
        """Announcing decisions, the feed of what is new, amended or rescinded."""
        query = {"keyword": "", "agency_id": "-1"}
        yield from self._paged(
            "decisions", "decision_publishment_advanced_search_service_v2", query, lambda row: row.get("ID")
        )

    def decision_procedures(self, decision_id: str) -> Iterator[Page]:
        """What one decision does: the three lists, keyed `<decision>|new|amended|rescinded|<id>`."""
        lists = {
            "new": "get_procedures_by_dp_id_service_v2",
            "amended": "get_modified_procedures_by_dp_id_service_v2",
            "rescinded": "get_rescinded_procedures_by_dp_id_service_v2",
        }
        for change, service in lists.items():
            yield from self._paged(
                "decision_procedures",
                service,
                {"id": decision_id},
                lambda row, change=change: f"{decision_id}|{change}|{row['ID']}" if row.get("ID") else None,
            )

    def fields(self) -> list[dict[str, Any]]:
        return self._ask("procedure_get_list_field_service_v2", {})

    def agencies(self) -> list[dict[str, Any]]:
        return self._ask("get_list_agency_service_v2", {})

    def announced(self) -> Iterator[Page]:
        """Procedures announced as public services, with their usage weight."""
        yield from self._paged(
            "announced", "get_ds_tthc_da_cong_bo_dvc_service", {"type": "1"}, lambda row: row.get("TTHC_MA")
        )

    def _paged(
        self,
        resource: str,
        service: str,
        query: dict[str, str],
        key_of: Callable[[dict[str, Any]], str | None],
    ) -> Iterator[Page]:
        """Pages until one is empty, or short and not short of the total: totals drift while a list is read."""
        number = read = 0
        while True:
            number += 1
            rows = self._ask(
                service, {**query, "recordPerPage": str(self._page_size), "pageIndex": str(number)}
            )
            keys = [key_of(row) for row in rows]
            if not all(keys):
                raise SourceChanged("tthc_public", f"{service}: có dòng không mang khóa")
            read += len(rows)
            total = total_of(rows)
            # The total and the row number belong to the answer, not to the record.
            records = [
                record(str(key), {name: value for name, value in row.items() if name not in COUNTERS})
                for key, row in zip(keys, rows, strict=True)
            ]
            pages = -(-total // self._page_size) if total else None
            page = page_of(records, number, pages, total)
            self._progress(resource, page)
            yield page
            if not rows or (len(rows) < self._page_size and read >= (total or 0)):
                return

    def _ask(self, service: str, query: dict[str, str]) -> list[dict[str, Any]]:
        params = {"service": service, "provider": "dvcquocgia", "type": "ref", **query}
        found = self.http.json(
            "POST",
            "",
            data={"params": json.dumps(params, ensure_ascii=False)},
            headers={
                "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
                "X-Requested-With": "XMLHttpRequest",
            },
        )
        if not isinstance(found, list) or not all(isinstance(row, dict) for row in found):
            raise SourceChanged("tthc_public", f"{service}: câu trả lời không phải là danh sách")
        return found
