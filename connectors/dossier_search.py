"""Reading a list of dossiers that moves while it is read: newest change first, page by page, losing none.

rows leave          the total falls; the rest was pulled up, so as many pages are read again
rows change places  a page begins with what the page before showed; both are read again
rows jump up        seen by looking at the top once more, when the bottom is reached
all else            a whole list is read again until as many were seen as the source says there are
rows listed twice   the source counts them twice; one answer that holds both tells so
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import pairwise

from connectors.dossiers import DossierPage, text
from connectors.errors import SourceChanged
from connectors.records import Page, Record


FULL_READS = 3
LOOKS_AT_THE_TOP = 5
# A source that goes on showing one page, whatever page is asked for.
SAME_PAGES = 3
PATIENCE = 20
REREADS = 3

Ask = Callable[[int], tuple[Page, DossierPage]]


@dataclass
class Found:
    """What is known of a list by now: who was seen, and how far up the changes reach."""

    ids: set[str] = field(default_factory=set)
    newest: datetime | None = None
    total: int | None = None
    # How many times more than once a dossier stood in one single answer.
    surplus: dict[str, int] = field(default_factory=dict)

    def add(self, ids: list[str], page: Page) -> None:
        self.ids.update(ids)
        if len(set(ids)) < len(ids):
            self.surplus |= {one: times - 1 for one, times in Counter(ids).items() if times > 1}
        moments = [moment for record in page.records if (moment := instant(record.updated_at))]
        self.newest = max([*moments, self.newest] if self.newest else moments, default=None)
        self.total = page.total_records if page.total_records is not None else self.total

    def lacks(self, identity: str, record: Record, top: datetime) -> bool:
        """Whether a dossier was not seen, or has changed since the list was read down from `top`."""
        moment = instant(record.updated_at)
        return identity not in self.ids or (moment is not None and moment > top)


def everything(asks: Iterable[Ask]) -> Iterator[Page]:
    """A whole list, in up to as many readings as there are `asks`.

    Raises SourceChanged when the source counts more than it shows.
    """
    found = Found()
    is_read_again = False
    for ask in asks:
        before = len(found.ids)
        yield from changed_since(ask, None, found)
        # A row listed twice may make up the total only when a second reading has missed nothing else.
        counted = len(found.ids) + (sum(found.surplus.values()) if is_read_again else 0)
        # Without a total, too, only a second reading can tell that the first was whole.
        if counted >= found.total if found.total is not None else len(found.ids) == before:
            return
        is_read_again = True
    if found.total is not None:
        raise SourceChanged("portal", f"nguồn báo {found.total} hồ sơ nhưng chỉ liệt kê {len(found.ids)}")


def changed_since(ask: Ask, since: datetime | None, found: Found) -> Iterator[Page]:
    """Down to `since`, then what has jumped to the top meanwhile."""
    for ids, page in Descent(ask, since).pages():
        found.add(ids, page)
        yield page
    for _ in range(LOOKS_AT_THE_TOP):
        top = found.newest
        if top is None:
            return
        for ids, page in Descent(ask, top).pages():
            unread = [
                kept for identity, kept in zip(ids, page.records, strict=True) if found.lacks(identity, kept, top)
            ]
            found.add(ids, page)
            if unread:
                yield replace(page, records=unread)
        if found.newest == top:
            return


class Descent:
    """One way down a list."""

    def __init__(self, ask: Ask, since: datetime | None) -> None:
        self._ask = ask
        self._since = since
        self._above: list[str] = []
        self._total: int | None = None
        self._page_size = 1
        self._furthest = -1
        self._lowest: list[str] = []
        self._steps_back = 0
        self._reread: Counter[int] = Counter()
        self._same = 0

    def pages(self) -> Iterator[tuple[list[str], Page]]:
        """Pages with the identities of their dossiers."""
        number = 0
        while True:
            page, items = self._ask(number)
            ids = [text(item.id) or kept.key for item, kept in zip(items.content, page.records, strict=True)]
            self._page_size = max(self._page_size, len(ids))
            yield ids, page
            back = self._pages_to_read_again(number, ids, items.total_elements)
            if not back and (self._is_last(items, number) or is_older(page, self._since)):
                return
            self._refuse_standstill(number, ids)
            # After a step back the page read last is not the one above.
            self._above = [] if back else ids
            self._total = items.total_elements
            number = max(0, number - back) if back else number + 1

    def _pages_to_read_again(self, number: int, ids: list[str], total: int | None) -> int:
        """How many pages above this one may hide what was pulled up or changed places."""
        fallen = max(0, self._total - total) if self._total is not None and total is not None else 0
        risen = max(0, total - self._total) if self._total is not None and total is not None else 0
        # So often per place and no more: a source may hold the same dossier twice for good.
        shown_twice = len(set(ids) & set(self._above)) if self._reread[number] < REREADS else 0
        back = -(-fallen // self._page_size) if fallen else int(shown_twice > risen)
        # A list that never rests must still come to an end; reading the whole again then judges.
        if not back or self._steps_back >= PATIENCE + self._furthest:
            return 0
        self._steps_back += 1
        self._reread[number] += 1
        return back

    def _is_last(self, items: DossierPage, number: int) -> bool:
        """As the source says; else by its counts; else only an empty page ends the list."""
        if not items.content:
            return True
        if items.last is not None:
            return items.last
        if items.total_pages is not None:
            return number + 1 >= items.total_pages
        return items.total_elements is not None and (number + 1) * self._page_size >= items.total_elements

    def _refuse_standstill(self, number: int, ids: list[str]) -> None:
        """Raises SourceChanged when asking further down shows the same page again and again."""
        if number <= self._furthest:
            return
        self._same = self._same + 1 if ids == self._lowest else 0
        if self._same >= SAME_PAGES:
            raise SourceChanged("portal", "hỏi trang sau vẫn nhận lại trang trước")
        self._furthest, self._lowest = number, ids


def is_older(page: Page, since: datetime | None) -> bool:
    """True once a page in order has come below `since`; an order that is not kept is not relied on."""
    if since is None:
        return False
    moments = [instant(kept.updated_at) for kept in page.records]
    known = [moment for moment in moments if moment is not None]
    in_order = len(known) == len(moments) and all(above >= below for above, below in pairwise(known))
    return in_order and bool(known) and known[-1] < since


def instant(moment: str | None) -> datetime | None:
    """An instant of the wire (offset without colon), or None when it is absent or not readable."""
    try:
        read = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return read if read.tzinfo is not None and read.year > 1 else None
