"""The list of dossiers of iGate (protocols B.6.3, E.3): how it is asked for whole, in part, and to its end."""

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from connectors.descent import Ask, Descent
from connectors.dossier_search import FULL_READS, Found, changes, everything, notes
from connectors.dossier_shape import Dossier
from connectors.dossiers import DossierPage, decode_page, record_of
from connectors.errors import SourceError, SourceRefused, TooDeep
from connectors.records import Page, Pseudonymiser


SEARCH = "pa/dossier/search"
# What public clients send: dossiers of the account's agencies, without those that were removed (protocols E.3).
USUAL = {"isAgencySearch": "true", "remove-status": "0"}
# Where search back-ends end (`page * size`), and how often what lies beyond is tried.
DEEPEST, DEEP_ATTEMPTS = 10_000, 3
NO_SUCH_PAGE = {400, 404, 413, 416, 422}
NEWEST_FIRST = "updatedDate,desc"
# Those without any stand first in one of the two, whatever the database.
BY_ACCEPTANCE = ("acceptedDate,asc", "acceptedDate,desc")
YEARS = range(2000, 2100)
NOBODY_IS_ACCEPTED = (date(2100, 1, 1), date(2101, 1, 1))

# An answer's body and what it was decoded to: of a path, a query, a decoder and so many attempts.
Asked = Callable[[str, Mapping[str, Any], Callable[[bytes], DossierPage], int | None], tuple[bytes, DossierPage]]


class DossierList:
    """`search`: parameters of every question besides; an empty one is not sent, not even where it is usual."""

    def __init__(
        self, asked: Asked, pseudonymiser: Pseudonymiser, page_size: int, search: Mapping[str, str] | None
    ) -> None:
        self._asked = asked
        self._pseudonymiser = pseudonymiser
        self._page_size = page_size
        self._search = {name: value for name, value in {**USUAL, **(search or {})}.items() if value}
        # The number of the first page, as the source counts.
        self._first = 0

    def changes(self, since: datetime, found: Found) -> Iterator[Page]:
        return changes(self._asks({})[0], since, found)

    def whole(self) -> Iterator[Page]:
        try:
            yield from everything(self._asks({}))
        except TooDeep:
            yield untold("nguồn không cho xem danh sách đến cuối; phần sau chưa đọc được")

    def accepted(self, start: date, end: date) -> Iterator[Page]:
        """Accepted in [start, end); days that are too many for one list are read in two parts, and so on."""
        is_one_day = end - start <= timedelta(days=1)
        try:
            yield from everything(self._asks(days(start, end)), None if is_one_day else DEEPEST)
        except TooDeep:
            if is_one_day:
                yield untold(
                    f"ngày tiếp nhận {start:%d/%m/%Y} có nhiều hồ sơ hơn nguồn cho xem; phần sau chưa đọc được"
                )
                return
            middle = start + (end - start) // 2
            yield from self.accepted(start, middle)
            yield from self.accepted(middle, end)

    def never_accepted(self) -> Iterator[Page]:
        """What no day of acceptance can ask for, where the source can put it first."""
        for sort in BY_ACCEPTANCE:
            # An order that the source does not know.
            with suppress(SourceRefused, TooDeep):
                ask, number, lacking = self._asks({}, sort)[0], 0, True
                while lacking:
                    page, items = ask(number)
                    lacking = any(not is_accepted(item) for item in items.content)
                    if not number and not (items.content and not is_accepted(items.content[0])):
                        break
                    yield page
                    number += 1
                if number:
                    return

    def beyond(self, known: Set[str]) -> Iterator[Page]:
        """From the whole list what is not known by its id, until as many are known as the source counts."""
        found, new = Found(), 0
        try:
            for ids, page in Descent(self._asks({})[0], None, found.tell).pages():
                found.add(ids, page)
                unread = [record for one, record in zip(ids, page.records, strict=True) if one not in known]
                new += len(unread)
                yield replace(page, records=unread)
                if found.total is not None and len(known) + new >= found.total:
                    break
        except TooDeep:
            found.tell("nguồn không cho xem danh sách đến cuối; hồ sơ không có ngày tiếp nhận có thể còn sót")
        missing = max(0, (found.total or 0) - len(known) - new)
        if missing:
            found.tell(f"nguồn báo {found.total} hồ sơ, đọc hết danh sách chỉ có {len(known) + new}; {missing} chưa rõ")
        yield from notes(found, missing)

    def total(self, start: date | None = None, end: date | None = None) -> int | None:
        """As the source counts, of the whole list or of the days of acceptance in [start, end)."""
        window = days(start, end) if start and end else {}
        return self._page(window, NEWEST_FIRST, 1, 0)[0].total_records

    def glimpsed(self, start: date, end: date) -> tuple[bool, int | None]:
        """Whether any was accepted in [start, end), and how many."""
        page, _ = self._page(days(start, end), NEWEST_FIRST, 1, 0)
        return bool(page.records), page.total_records

    # -- the wire

    def _asks(self, window: Mapping[str, str], sort: str = NEWEST_FIRST) -> list[Ask]:
        """One way to ask per reading; pages of another size each, so that their edges fall elsewhere."""
        sizes = [max(1, self._page_size - less) for less in range(FULL_READS)]
        return [partial(self._page, window, sort, size) for size in sizes]

    def _page(self, window: Mapping[str, str], sort: str, size: int, number: int) -> tuple[Page, DossierPage]:
        is_deep = number > 0 and (number + 1) * size > DEEPEST
        try:
            page, items = self._answer(window, sort, size, number, DEEP_ATTEMPTS if is_deep else None)
        except SourceError as error:
            if number and is_no_such_page(error) and (is_deep or self._begins(window, sort, size, error)):
                raise TooDeep from None
            if number or self._first or error.status != 400:
                raise
            return self._from_one(window, sort, size, error)
        if not number and not self._first and not items.content and items.total_elements:
            return self._from_one(window, sort, size, None)
        return page, items

    def _begins(self, window: Mapping[str, str], sort: str, size: int, error: SourceError) -> bool:
        """Whether the list can be read from its top, so that what was refused is the depth."""
        if error.status is not None and error.status < 500:
            return True
        with suppress(SourceError):
            self._answer(window, sort, size, 0, 1)
            return True
        return False

    def _from_one(
        self, window: Mapping[str, str], sort: str, size: int, error: SourceError | None
    ) -> tuple[Page, DossierPage]:
        """The first page of a source that may count pages from 1 on; else what it was refused with."""
        self._first = 1
        try:
            page, items = self._answer(window, sort, size, 0, None)
        except SourceError as again:
            self._first = 0
            raise (error or again) from None
        self._first = int(bool(items.content))
        return page, items

    def _answer(
        self, window: Mapping[str, str], sort: str, size: int, number: int, attempts: int | None
    ) -> tuple[Page, DossierPage]:
        query = {"page": number + self._first, "size": size, "spec": "page", "sort": sort, **self._search, **window}
        body, found = self._asked(SEARCH, query, decode_page, attempts)
        records = [record_of(item, self._pseudonymiser) for item in found.content]
        return Page(records, number + 1, found.total_pages, found.total_elements, len(body)), found


def days(start: date, end: date) -> dict[str, str]:
    """The question for the days of acceptance in [start, end)."""
    return {"accepted-from": f"{start:%d/%m/%Y}", "accepted-to": f"{end - timedelta(days=1):%d/%m/%Y}"}


def untold(what: str) -> Page:
    """That a list was not read to its end; how much is missing nobody knows."""
    return Page([], 0, None, None, 0, told=(what,), missing=1)


def is_no_such_page(error: SourceError) -> bool:
    return error.status is not None and (error.status in NO_SUCH_PAGE or error.status >= 500)


def is_accepted(item: Dossier) -> bool:
    """Whether a day of acceptance is written that a window can hold; a number is left to the warehouse."""
    written = item.accepted_date
    return written is not None and (not isinstance(written, str) or year_of(written) in YEARS)


def year_of(written: str) -> int | None:
    with suppress(ValueError):
        return datetime.fromisoformat(written).year
    with suppress(ValueError):
        return datetime.strptime(written[:10], "%d/%m/%Y").year
    return None
