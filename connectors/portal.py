"""The one-stop system (VNPT iGate 2.x, protocols B.6), read only: dossiers, agencies, procedures, statistics."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec

from connectors.border import Border
from connectors.descent import instant
from connectors.dossier_search import Found
from connectors.dossiers import decode_tasks, tasks_of
from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.keycloak import Keycloak
from connectors.portal_dossiers import NOBODY_IS_ACCEPTED, SEARCH, DossierList
from connectors.portal_shapes import (
    AGENCY,
    PROCEDURE,
    PROCEDURE_DETAIL,
    PROCESSES,
    STATISTIC,
    listed,
    parent_of,
    processes_of,
)
from connectors.records import Page, Pseudonymiser, Record, key_of, page_of, record
from connectors.spring import Facts, facts


__all__ = ["Portal", "instant"]

T = TypeVar("T")

LIST_PAGE = 2000
LIST_READS = 3
PROCESS_PAGE = 50
# So many procedures without a process in a row are no longer the procedures' fault.
UNKNOWN_IN_A_ROW = 5
# By which a total may be wrong without anything being wrong.
FEW = 10


class Portal:
    """One method per collection; each yields pages. Pages move while they are read, and no record may be lost.

    `search`: parameters that every search for dossiers carries besides, such as `remove-status` (protocols E.3).
    """

    def __init__(
        self,
        http: HttpClient,
        sign_on: Keycloak,
        pseudonymiser: Pseudonymiser,
        page_size: int = 50,
        search: Mapping[str, str] | None = None,
    ) -> None:
        self.http = http
        self._sign_on = sign_on
        self._border = Border(pseudonymiser)
        self._dossiers = DossierList(self._asked, pseudonymiser, page_size, search)

    def signed_on(self) -> str:
        """That the sign-on has handed out a token."""
        self._sign_on.headers()
        return "đã nhận token"

    # -- dossiers

    def dossiers(self, since: datetime | None = None, found: Found | None = None) -> Iterator[Page]:
        """Newest change first, down to the first page that holds nothing changed since `since` (None: everything).

        `found` tells afterwards whether what had changed could be read so.
        """
        yield from self._dossiers.whole() if since is None else self._dossiers.changes(since, found or Found())

    def dossiers_accepted(self, start: date, end: date) -> Iterator[Page]:
        """Every dossier accepted in [start, end)."""
        return self._dossiers.accepted(start, end)

    def dossiers_never_accepted(self) -> Iterator[Page]:
        """Those that no day of acceptance can ask for, where the source can put them first."""
        return self._dossiers.never_accepted()

    def dossiers_beyond(self, known: Set[str]) -> Iterator[Page]:
        """What is neither known by its id nor found by days of acceptance."""
        return self._dossiers.beyond(known)

    def dossiers_total(self) -> int | None:
        """How many dossiers the source says it has; None where it does not say."""
        return self._dossiers.total()

    def dossiers_glimpsed(self, start: date, end: date) -> tuple[bool, int | None]:
        """Whether there are dossiers accepted in [start, end), and how many, where the source says so."""
        return self._dossiers.glimpsed(start, end)

    def heeds_days_of_acceptance(self) -> bool:
        """Whether the source lists by the days that are asked for."""
        return not self._dossiers.glimpsed(*NOBODY_IS_ACCEPTED)[0]

    def dossier_counts(self, months: Iterable[tuple[date, date]], counted_on: date) -> Iterator[Page]:
        """How many dossiers the source counts for the acceptance days [start, end] of each month, one question each.

        Raises SourceRefused where it counts far more in the months than it has: then it does not heed the days.
        """
        everything = self._dossiers.total()
        counts = {month: self._dossiers.total(month[0], month[1] + timedelta(days=1)) for month in months}
        known = [count for count in counts.values() if count is not None]
        if everything is None or len(known) < len(counts):
            raise SourceRefused("portal", f"{SEARCH}: nguồn không cho biết tổng số hồ sơ")
        # Each total may be off by a few; a source that passes over the days gives the whole for every month.
        if sum(known) > everything + max(FEW * len(known), everything // 2):
            raise SourceRefused("portal", f"{SEARCH}: nguồn không lọc theo ngày tiếp nhận")
        yield whole(
            [
                record(f"{start}|{end}", {"counted_on": f"{counted_on}", "dossiers": count})
                for (start, end), count in counts.items()
            ],
        )

    def dossier_tasks(self, dossier_id: str) -> Record:
        """The steps of one dossier, `{"task": […]}` as in its record, keyed `id:<dossier id>`."""
        holder = self._asked(f"pa/dossier/{dossier_id}/--online", {}, decode_tasks)[1]
        return Record(f"id:{dossier_id}", tasks_of(holder), None)

    # -- configuration and statistics

    def agencies(self) -> Iterator[Page]:
        """The directory; parents from the rows where these carry them, else asked for agency by agency."""
        rows, missing = self._rows("ba/agency/name+code", {"ancestor-id": "", "tag-id": ""})
        parents = {key: parent for key, row in rows.items() if (parent := parent_of(row))}
        if rows and not parents:
            parents = self._asked_parents(list(rows))
        records = [
            record(key, {"parent_id": None, **self._border.passed({**row, "parent_id": parents.get(key)}, AGENCY)})
            for key, row in rows.items()
        ]
        yield whole(records, missing)

    def _asked_parents(self, ids: list[str]) -> dict[str, str]:
        parents: dict[str, str] = {}
        for parent in ids:
            try:
                children = listed(self._json("ba/agency/--by-parent-id", {"parent-id": parent}), "ba/agency")
            except SourceRefused:
                return parents  # the call is optional; codes tell the tree then
            parents |= {key: parent for child in children if (key := key_of(child, "id")) != parent}
        return parents

    def procedures(self) -> Iterator[Page]:
        """The procedures that can be applied for, as listed."""
        rows, missing = self._rows("bd/procedure/--can-apply", {"keyword": "", "spec": "page"})
        yield whole([record(key, self._border.passed(row, PROCEDURE)) for key, row in rows.items()], missing)

    def procedure(self, procedure_id: str) -> Record:
        """One procedure in full. Raises SourceRefused where the source does not know it."""
        path = f"bd/procedure/{procedure_id}"
        found = self._json(path, {})
        if not isinstance(found, dict):
            raise SourceChanged("portal", f"{path}: câu trả lời không phải là một đối tượng")
        return record(procedure_id, self._border.passed(found, PROCEDURE_DETAIL))

    def processes(self, procedure_ids: Iterable[str]) -> Iterator[Page]:
        """`{"processes": […]}` of the procedures named, one question each; one unknown meanwhile is passed over.

        Raises SourceRefused where none of the first few, or of many in a row, is known: then the call is not offered.
        """
        wanted, unknown = list(procedure_ids), 0
        pages = -(-len(wanted) // PROCESS_PAGE)
        for number in range(pages):
            records = []
            for procedure_id in wanted[number * PROCESS_PAGE : (number + 1) * PROCESS_PAGE]:
                try:
                    records.append(self._process(procedure_id))
                    unknown = 0
                except SourceRefused as error:
                    unknown += 1
                    if error.status != 404 or unknown >= min(UNKNOWN_IN_A_ROW, len(wanted)):
                        raise
            yield page_of(records, number + 1, pages, len(wanted))

    def _process(self, procedure_id: str) -> Record:
        path = "bd/procedure-process-definition"
        found = processes_of(self._json(path, {"procedure-id": procedure_id}), path)
        return record(procedure_id, self._border.passed({"processes": found}, PROCESSES))

    def statistics(self, start: date, end: date) -> Iterator[Page]:
        """The source's own counts per agency for acceptance days [start, end], for reconciliation."""
        query = {
            "agency-id": "",
            "from-date": f"{start}T00:00:00.000Z",
            "to-date": f"{end}T23:59:59.999Z",
            "suppended-cancelled": "true",
            "hide-agency-no-dossier": "false",
        }
        path = "pa/dossier-statistic/--statistic-agency-kgg"
        rows = [self._border.passed(row, STATISTIC) for row in listed(self._json(path, query), path)]
        agencies = [row["agency"] if isinstance(row.get("agency"), dict) else {} for row in rows]
        records = [
            record(f"{key_of(agency, 'id', 'code')}|{start}|{end}", row)
            for agency, row in zip(agencies, rows, strict=True)
        ]
        yield whole(records)

    # -- the wire

    def _rows(self, path: str, query: dict[str, Any]) -> tuple[dict[str, dict[str, Any]], int]:
        """A Spring list by identity, read again while that brings something; how many rows it counts and lacks.

        Raises SourceChanged where it lacks more than a few.
        """
        rows: dict[str, dict[str, Any]] = {}
        for number in range(LIST_READS):
            before = len(rows)
            total = self._read_list(path, query, rows)
            if len(rows) >= total or (number and len(rows) == before):
                break
        missing = max(0, total - len(rows))
        if missing > max(FEW, len(rows) // 20):
            raise SourceChanged("portal", f"{path}: nguồn báo {total} dòng nhưng chỉ liệt kê {len(rows)}")
        return rows, missing

    def _read_list(self, path: str, query: dict[str, Any], rows: dict[str, dict[str, Any]]) -> int:
        """Reads every page into `rows`; the highest total told, 0 when none is.

        The highest, for when rows leave meanwhile, others are pulled up to where they are not seen.
        """
        number = total = 0
        last_page: dict[str, dict[str, Any]] = {}
        while True:
            found = self._json(path, {**query, "page": number, "size": LIST_PAGE})
            page = {self._border.key(row, "id"): row for row in listed(found, path)}
            rows |= page
            told = Facts(last=True) if isinstance(found, list) else facts(found)
            total = max(total, told.total_elements or 0)
            is_repeated = page.keys() == last_page.keys()
            if not page or (is_repeated and number > 1) or is_last(told, number, len(rows)):
                return total
            number, last_page = number + 1, page

    def _json(self, path: str, query: Mapping[str, Any]) -> Any:
        return self._asked(path, query, msgspec.json.decode)[1]

    def _asked(
        self, path: str, query: Mapping[str, Any], decoder: Callable[[bytes], T], attempts: int | None = None
    ) -> tuple[bytes, T]:
        """A decoded answer; a token that is no longer accepted is renewed once."""
        try:
            return self._asked_once(path, query, decoder, attempts)
        except SourceRefused as error:
            if error.status != 401:
                raise
            self._sign_on.forget()
            return self._asked_once(path, query, decoder, attempts)

    def _asked_once(
        self, path: str, query: Mapping[str, Any], decoder: Callable[[bytes], T], attempts: int | None
    ) -> tuple[bytes, T]:
        found: list[T] = []

        def read(body: bytes) -> None:
            found[:] = [self.http.decoded(body, path, decoder)]

        answer = self.http.get(path, params=query, headers=self._sign_on.headers(), read=read, attempts=attempts)
        return answer.body, found[0]


def is_last(told: Facts, number: int, seen: int) -> bool:
    """As a Spring envelope says, unless it counts more than was seen; one that says nothing ends with an empty page."""
    if told.last is not None:
        return told.last and seen >= (told.total_elements or 0)
    return told.total_pages is not None and number + 1 >= told.total_pages


def whole(records: list[Record], missing: int = 0) -> Page:
    """The one page of a list that was read whole, or short of a few that the source counts and does not list."""
    told = (f"nguồn báo {len(records) + missing} dòng nhưng chỉ liệt kê {len(records)}",) if missing else ()
    return replace(page_of(records, total=len(records)), told=told, missing=missing)
