"""Reading a list of dossiers that moves while it is read, losing none and stopping for no count that is wrong.

rows jump up       seen by looking at the top once more, when the bottom is reached
all else           a whole list is read again while that brings something and the source counts more than was seen
rows listed twice  the source counts them twice; one answer that holds both tells so
too long a list    TooDeep: whoever asks for a part of it, by days of acceptance, can go to its end
what stays open    is told: the source counts more than it lists, or fewer, or does not count
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from connectors.descent import Ask, Descent, instant
from connectors.errors import TooDeep
from connectors.records import Page, Record


FULL_READS = 3
LOOKS_AT_THE_TOP = 5


@dataclass
class Found:
    """What is known of a list by now: who was seen, how far up the changes reach, what the officer must be told.

    `has_no_order`, `is_too_deep`: why what has changed could not be read down to where it was known.
    """

    ids: set[str] = field(default_factory=set)
    newest: datetime | None = None
    total: int | None = None
    has_moved: bool = False
    # How many times more than once a dossier stood in one single answer.
    surplus: dict[str, int] = field(default_factory=dict)
    told: dict[str, None] = field(default_factory=dict)
    has_no_order: bool = False
    is_too_deep: bool = False

    def add(self, ids: list[str], page: Page) -> None:
        self.ids.update(ids)
        if len(set(ids)) < len(ids):
            self.surplus |= {one: times - 1 for one, times in Counter(ids).items() if times > 1}
        moments = [moment for record in page.records if (moment := instant(record.updated_at))]
        self.newest = max([*moments, self.newest] if self.newest else moments, default=None)
        self.has_moved = self.has_moved or page.total_records not in (None, self.total or page.total_records)
        self.total = page.total_records if page.total_records is not None else self.total

    def lacks(self, identity: str, record: Record, top: datetime) -> bool:
        """Whether a dossier was not seen, or has changed since the list was read down from `top`."""
        moment = instant(record.updated_at)
        return identity not in self.ids or (moment is not None and moment > top)

    def tell(self, what: str) -> None:
        self.told.setdefault(what)

    @property
    def gave_up(self) -> bool:
        return self.has_no_order or self.is_too_deep


def everything(asks: Iterable[Ask], deepest: int | None = None) -> Iterator[Page]:
    """A whole list, in up to as many readings as there are `asks`; last, what must be told of it.

    Raises TooDeep for a list that is longer than `deepest`, or than the source goes down.
    """
    found = Found()
    for number, ask in enumerate(asks):
        before = len(found.ids)
        yield from changed_since(ask, None, found, deepest)
        is_read_again = number > 0
        # A row listed twice may make up the total only when a second reading has missed nothing else.
        counted = len(found.ids) + (sum(found.surplus.values()) if is_read_again else 0)
        if found.total is not None and counted >= found.total:
            break
        # Without a total, too, only a second reading can tell that the first was whole.
        if is_read_again and len(found.ids) == before:
            break
    yield from judged(found)


def judged(found: Found) -> Iterator[Page]:
    """A page without records, where something is to be told."""
    seen, twice, total = len(found.ids), sum(found.surplus.values()), found.total
    missing = repeated = 0
    if total is None:
        found.tell("nguồn không cho biết tổng số hồ sơ nên danh sách được đọc hai lượt")
    elif seen < total <= seen + twice:
        repeated = twice
        found.tell(f"nguồn liệt kê {twice} hồ sơ hai lần")
    elif seen < total:
        missing = total - seen
        found.tell(f"nguồn báo {total} hồ sơ nhưng chỉ liệt kê {seen}, đọc lại vẫn vậy; {missing} hồ sơ chưa rõ")
    elif seen > total and not found.has_moved:
        found.tell(f"nguồn báo {total} hồ sơ nhưng liệt kê {seen}; đã lấy đủ những gì liệt kê")
    yield from notes(found, missing, repeated)


def notes(found: Found, missing: int = 0, repeated: int = 0) -> Iterator[Page]:
    if found.told:
        yield Page([], 0, None, found.total, 0, told=tuple(found.told), missing=missing, repeated=repeated)


def changed_since(ask: Ask, since: datetime | None, found: Found, deepest: int | None = None) -> Iterator[Page]:
    """Down to `since`, then what has jumped to the top meanwhile."""
    descent = Descent(ask, since, found.tell, deepest)
    for ids, page in descent.pages():
        found.add(ids, page)
        yield page
    found.has_no_order = found.has_no_order or descent.has_no_order
    # What came in one answer cannot have moved meanwhile.
    for _ in range(LOOKS_AT_THE_TOP if descent.pages_asked > 1 and not descent.has_no_order else 0):
        top = found.newest
        if top is None:
            return
        for ids, page in Descent(ask, top, found.tell).pages():
            unread = [
                kept for identity, kept in zip(ids, page.records, strict=True) if found.lacks(identity, kept, top)
            ]
            found.add(ids, page)
            if unread:
                yield replace(page, records=unread)
        if found.newest == top:
            return


def changes(ask: Ask, since: datetime, found: Found) -> Iterator[Page]:
    """What has changed since then, as far as the source lets it be known; `found` says where it does not."""
    try:
        yield from changed_since(ask, since, found)
    except TooDeep:
        found.is_too_deep = True
        found.tell("nguồn không cho xem sâu đến mốc đã đọc lần trước; đọc lại theo từng tháng tiếp nhận")
    if found.has_no_order:
        found.tell(
            "danh sách không theo thứ tự thay đổi hoặc không ghi ngày thay đổi (updatedDate); "
            "mỗi đêm đọc lại hai tháng gần nhất và một phần bảy số tháng còn lại"
        )
    yield from notes(found)
