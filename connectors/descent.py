"""One way down a list of dossiers, newest change first, page by page, past whatever the source says wrongly of itself.

rows leave             the total falls; the rest was pulled up, so as many pages are read again
rows change places     a page begins with what the page before showed; both are read again
the end is told early  while the source counts more than was seen, the next page is asked for all the same
no end is told         the counts end the list; without counts only an empty page does
pages begin with 1     page 1 is page 0 once more, and what was seen is counted, not the pages
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import pairwise

from connectors.dossiers import DossierPage, text
from connectors.errors import SourceChanged, TooDeep
from connectors.records import Page


# A source that goes on showing one page, whatever page is asked for.
SAME_PAGES = 3
PATIENCE = 20
REREADS = 3
# So many pages running of which no order can be told are a list without order.
PAGES_WITHOUT_ORDER = 5

Tell = Callable[[str], None]
# One way to ask for a list: by the number of the page, from 0 on.
Ask = Callable[[int], tuple[Page, DossierPage]]


class Descent:
    """`since`: the way ends below it. `deepest`: a list that is longer is not begun.

    `has_no_order`: it ended because nothing could be told by its order.
    """

    def __init__(self, ask: Ask, since: datetime | None, tell: Tell, deepest: int | None = None) -> None:
        self._ask = ask
        self._since = since
        self._tell = tell
        self._deepest = deepest
        self._above: list[str] = []
        self._total: int | None = None
        self._page_size = 1
        self._furthest = -1
        self._lowest: list[str] = []
        self._steps_back = 0
        self._reread: Counter[int] = Counter()
        self._same = 0
        self._seen: set[str] = set()
        self._is_told_to_end = False
        self._without_order = 0
        self.pages_asked = 0

    @property
    def has_no_order(self) -> bool:
        return self._without_order >= PAGES_WITHOUT_ORDER

    def pages(self) -> Iterator[tuple[list[str], Page]]:
        """Pages with the identities of their dossiers. Raises TooDeep where the source will go no further down."""
        number = 0
        while True:
            try:
                page, items = self._ask(number)
            except TooDeep:
                if self._is_told_to_end:
                    return
                raise
            self._refuse_depth(items.total_elements)
            self.pages_asked += 1
            ids = [text(item.id) or kept.key for item, kept in zip(items.content, page.records, strict=True)]
            brings_nothing = self._seen.issuperset(ids)
            self._seen.update(ids)
            self._page_size = max(self._page_size, len(ids))
            yield ids, page
            # Page 1 may be the first once more, and a page that is read again brings nothing either.
            if self._is_told_to_end and brings_nothing and number > max(1, self._furthest):
                return
            back = self._pages_to_read_again(number, ids, items.total_elements)
            if not back and (self._is_last(items, ids, number) or self._is_below(page)):
                return
            self._refuse_standstill(number, ids)
            # After a step back the page read last is not the one above.
            self._above = [] if back else ids
            self._total = items.total_elements
            number = max(0, number - back) if back else number + 1

    def _refuse_depth(self, total: int | None) -> None:
        if self._deepest is not None and total is not None and total > self._deepest:
            raise TooDeep

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

    def _is_last(self, items: DossierPage, ids: list[str], number: int) -> bool:
        """As the source says, unless it counts more than was seen; else by its counts; else an empty page ends it."""
        if not ids:
            return True
        if self._is_told_to_end:
            self._tell("nguồn báo đã hết danh sách khi vẫn còn hồ sơ ở trang sau; đã đọc tiếp đến hết")
        total, seen = items.total_elements, len(self._seen)
        is_short = len(ids) < self._page_size
        if items.last:
            # Without a count, too, the next page is looked at: it costs one question and shows who says it too early.
            is_whole = total is not None and seen >= total
            self._is_told_to_end = not is_whole
            return is_whole
        if items.last is False:
            return False
        if total is None:
            return items.total_pages is not None and number + 1 >= items.total_pages
        # Who has seen more than is counted believes no count.
        return seen == total or (seen > total and is_short)

    def _is_below(self, page: Page) -> bool:
        if self._since is None:
            return False
        moments = in_order(page)
        self._without_order = 0 if moments else self._without_order + 1
        return self.has_no_order or bool(moments and moments[-1] < self._since)

    def _refuse_standstill(self, number: int, ids: list[str]) -> None:
        """Raises SourceChanged when asking further down shows the same page again and again."""
        if number <= self._furthest:
            return
        was_same = self._same
        self._same = self._same + 1 if ids == self._lowest else 0
        if self._same >= SAME_PAGES:
            raise SourceChanged("portal", "hỏi trang sau vẫn nhận lại trang trước")
        if number == 2 and was_same == 1 and self._same == 0:
            self._tell("nguồn đánh số trang từ 1; trang đầu được đọc hai lần")
        self._furthest, self._lowest = number, ids


def in_order(page: Page) -> list[datetime]:
    """The moments of change that a page tells, newest first; none where they are in no order."""
    moments = [moment for kept in page.records if (moment := instant(kept.updated_at))]
    return moments if all(above >= below for above, below in pairwise(moments)) else []


def instant(moment: str | None) -> datetime | None:
    """An instant of the wire (offset without colon), or None when it is absent or not readable."""
    try:
        read = datetime.fromisoformat(moment or "")
    except ValueError:
        return None
    return read if read.tzinfo is not None and read.year > 1 else None
