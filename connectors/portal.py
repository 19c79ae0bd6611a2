"""The one-stop system (VNPT iGate 2.x, protocols B.6), read only: dossiers, agencies, procedures, statistics."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from connectors.dossiers import DossierPage, decode_page, record_of, text
from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.records import Page, Pseudonymiser, Record


T = TypeVar("T")

FULL_READS = 3
LIST_PAGE = 2000
SEARCH = "pa/dossier/search"


class Portal:
    """One method per collection; each yields pages. Pages move while they are read, and no record may be lost."""

    def __init__(
        self,
        http: HttpClient,
        sign_on: Keycloak,
        pseudonymiser: Pseudonymiser,
        page_size: int = 50,
        progress: Callable[[str, Page], None] = lambda resource, page: None,
    ) -> None:
        self.http = http
        self._sign_on = sign_on
        self._pseudonymiser = pseudonymiser
        self._page_size = page_size
        self._progress = progress

    # -- dossiers

    def dossiers(self, since: datetime | None = None) -> Iterator[Page]:
        """Newest change first, down to the first page that holds nothing changed since `since` (None: everything)."""
        if since is None:
            yield from self._complete({})
        else:
            yield from self._descend({}, since, set())

    def dossiers_accepted(self, start: date, end: date) -> Iterator[Page]:
        """Every dossier accepted in [start, end), for reading a period again."""
        last_day = end - timedelta(days=1)
        yield from self._complete({"accepted-from": f"{start:%d/%m/%Y}", "accepted-to": f"{last_day:%d/%m/%Y}"})

    def _complete(self, window: dict[str, str]) -> Iterator[Page]:
        """A whole list, read again until as many distinct dossiers were seen as the source says there are."""
        seen: set[str] = set()
        total = 0
        for _ in range(FULL_READS):
            for page in self._descend(window, None, seen):
                total = page.total_records or 0
                yield page
            if len(seen) >= total:
                return
        raise SourceChanged("portal", f"{SEARCH}: nguồn báo {total} hồ sơ nhưng chỉ liệt kê {len(seen)}")

    def _descend(self, window: dict[str, str], since: datetime | None, seen: set[str]) -> Iterator[Page]:
        number, before = 0, None
        while True:
            page, items = self._dossier_page(number, window)
            seen.update(text(item.id) or record.key for item, record in zip(items.content, page.records, strict=True))
            self._progress("dossiers", page)
            yield page
            if not items.content or self._is_last(items, number) or self._is_older(page, since):
                return
            total = items.totalElements
            if total is not None and before is not None and total < before:
                # Something above has gone and pulled the rest up: what stood on this page's top is a page back now.
                number = max(-1, number - 1 - -(-(before - total) // self._page_size))
            before = total if total is not None else before
            number += 1

    def _dossier_page(self, number: int, window: dict[str, str]) -> tuple[Page, DossierPage]:
        query = {"page": number, "size": self._page_size, "spec": "page", "sort": "updatedDate,desc", **window}
        body, found = self._asked(SEARCH, query, decode_page)
        records = [record_of(item, self._pseudonymiser) for item in found.content]
        return Page(records, number + 1, found.totalPages, found.totalElements, len(body)), found

    def _is_last(self, items: DossierPage, number: int) -> bool:
        """`last` where it is given; else by the total; else only an empty page ends the list."""
        if items.last is not None:
            return items.last
        return items.totalElements is not None and (number + 1) * self._page_size >= items.totalElements

    def _is_older(self, page: Page, since: datetime | None) -> bool:
        """True once a page in order has come below `since`; an order that is not kept is not relied on."""
        if since is None:
            return False
        instants = [instant(record.updated_at) for record in page.records]
        known = [moment for moment in instants if moment is not None]
        in_order = len(known) == len(instants) and all(a >= b for a, b in zip(known, known[1:], strict=False))
        return in_order and bool(known) and known[-1] < since

    def dossier_tasks(self, dossier_id: str) -> list[dict[str, Any]]:
        """The steps of one dossier, as `task` of its record."""
        found = self._json(f"pa/dossier/{dossier_id}/--online", {})
        tasks = found.get("task") if isinstance(found, dict) else None
        return [{key: task.get(key) for key in TASK_FIELDS} for task in tasks or [] if isinstance(task, dict)]

    # -- configuration and statistics

    def agencies(self) -> Iterator[Page]:
        """The directory; parents from the rows where these carry them, else asked for agency by agency."""
        rows = [row for page in self._pages("ba/agency/name+code", {"ancestor-id": "", "tag-id": ""}) for row in page]
        parents = {str(row["id"]): parent for row in rows if (parent := parent_of(row))}
        if rows and not parents:
            parents = self._asked_parents(rows)
        records = [
            record(
                str(row["id"]),
                {"id": row["id"], "code": row.get("code"), "name": row.get("name"), "parent_id": parents.get(str(row["id"]))},
            )
            for row in rows
        ]
        yield from self._reported("agencies", records)

    def _asked_parents(self, rows: list[dict[str, Any]]) -> dict[str, str]:
        parents: dict[str, str] = {}
        for row in rows:
            try:
                children = listed(self._json("ba/agency/--by-parent-id", {"parent-id": row["id"]}), "agency")
            except SourceRefused:
                return parents  # the call is optional; codes tell the tree then
            parents |= {str(child["id"]): str(row["id"]) for child in children if "id" in child}
        return parents

    def procedures(self) -> Iterator[Page]:
        """The procedures that can be applied for, as listed."""
        query = {"keyword": "", "spec": "page"}
        rows = [row for page in self._pages("bd/procedure/--can-apply", query) for row in page]
        yield from self._reported("procedures", [record(str(row["id"]), kept(row, PROCEDURE_FIELDS)) for row in rows])

    def procedure(self, procedure_id: str) -> Record:
        """One procedure in full. Raises SourceRefused where the source does not know it."""
        found = self._json(f"bd/procedure/{procedure_id}", {})
        return record(procedure_id, kept(found, PROCEDURE_DETAIL_FIELDS))

    def statistics(self, start: date, end: date) -> Iterator[Page]:
        """The source's own counts per agency for acceptance days [start, end], for reconciliation."""
        query = {
            "agency-id": "",
            "from-date": f"{start}T00:00:00.000Z",
            "to-date": f"{end}T23:59:59.999Z",
            "suppended-cancelled": "true",
            "hide-agency-no-dossier": "false",
        }
        rows = listed(self._json("pa/dossier-statistic/--statistic-agency-kgg", query), "statistics")
        records = [
            record(f"{(row.get('agency') or {}).get('id')}|{start}|{end}", kept(row, STATISTIC_FIELDS)) for row in rows
        ]
        yield from self._reported("statistics", records)

    # -- the wire

    def _reported(self, resource: str, records: list[Record]) -> Iterator[Page]:
        page = Page(records, 1, 1, len(records), sum(len(record.payload) for record in records))
        self._progress(resource, page)
        yield page

    def _pages(self, path: str, query: dict[str, Any]) -> Iterator[list[dict[str, Any]]]:
        """The rows of a Spring list, page by page; a bare array is a list of one page."""
        number = 0
        while True:
            found = self._json(path, {**query, "page": number, "size": LIST_PAGE})
            rows = listed(found, path)
            yield rows
            if isinstance(found, list) or not rows or found.get("last", len(rows) < LIST_PAGE):
                return
            number += 1

    def _json(self, path: str, query: Mapping[str, Any]) -> Any:
        return self._asked(path, query, msgspec.json.decode)[1]

    def _asked(self, path: str, query: Mapping[str, Any], decoder: Callable[[bytes], T]) -> tuple[bytes, T]:
        """A decoded answer; a token that is no longer accepted is renewed once."""
        try:
            return self._asked_once(path, query, decoder)
        except SourceRefused as error:
            if error.status != 401:
                raise
            self._sign_on.forget()
            return self._asked_once(path, query, decoder)

    def _asked_once(self, path: str, query: Mapping[str, Any], decoder: Callable[[bytes], T]) -> tuple[bytes, T]:
        found: list[T] = []

        def read(body: bytes) -> None:
            found[:] = [self.http.decoded(body, path, decoder)]

        answer = self.http.get(path, params=query, headers=self._sign_on.headers(), read=read)
        return answer.body, found[0]


TASK_FIELDS = ("id", "isCurrent", "createdDate", "updatedDate", "bpmProcessDefinitionTask")
PROCEDURE_FIELDS = ("id", "code", "nationCode", "name", "sector", "level")
PROCEDURE_DETAIL_FIELDS = (*PROCEDURE_FIELDS, "status", "processingTime", "processingTimeUnit", "agency")
STATISTIC_FIELDS = (
    "agency",
    "received",
    "receivedOnline",
    "receivedDirect",
    "resolved",
    "resolvedEarly",
    "resolvedOnTime",
    "resolvedOverdue",
    "unresolved",
    "unresolvedOnTime",
    "unresolvedOverdue",
    "cancelled",
)


def instant(moment: str | None) -> datetime | None:
    """An instant of the wire (offset without colon), or None when it is absent or not readable."""
    try:
        read = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return read if read.tzinfo is not None and read.year > 1 else None


def listed(found: Any, path: str) -> list[dict[str, Any]]:
    """The rows of a Spring page or of a bare array. Raises SourceChanged on any other shape."""
    rows = found.get("content") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise SourceChanged("portal", f"{path}: không thấy danh sách trong câu trả lời")
    return rows


def parent_of(row: dict[str, Any]) -> str | None:
    """The parent's id, from `parent`, `parentId` or the last of `ancestors`."""
    parent = row.get("parent")
    if isinstance(parent, dict) and parent.get("id"):
        return str(parent["id"])
    if row.get("parentId"):
        return str(row["parentId"])
    ancestors = [ancestor for ancestor in row.get("ancestors") or [] if isinstance(ancestor, dict)]
    return str(ancestors[-1]["id"]) if ancestors and ancestors[-1].get("id") else None


def kept(row: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: row[field] for field in fields if row.get(field) is not None}


def record(key: str, payload: dict[str, Any]) -> Record:
    return Record(key, json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(), None)
