"""Lists of the axis: the whole of one, or none of it (protocols A.3, E.1).

The lists have no cursor. Some axes show a part of one at once, number the parts from 1 or from 0, or pass over the
headers that ask for a part; the axis's own count tells whether all of it was seen.
"""

from collections.abc import Callable, Iterator
from typing import Any

from connectors.errors import SourceChanged, SourceError
from connectors.vxp import Endpoint, rows_in


ROWS_PER_PAGE = 500
# The office's own client empties the queue while it is read, so a list may be a little shorter than the count before.
READS = 3
RECEIVED, SENT = "getReceivedEdocList", "getSentEdocList"
COUNTED_BY = {"edoc": "countReceiveEdoc", "status": "countReceiveStatus"}
# What is waiting has an operation that counts it; what was sent is counted in the answer itself, where it is.
TOTALS = ("count", "total", "totalCount", "totalRecords", "totalElements")
# A list that was cut off is as long as somebody decided: 100, 250, 1000.
ROUND = 10
Row = dict[str, Any]
Key = Callable[[Row], str]


def waiting(endpoint: Endpoint, message_type: str) -> dict[str, Row]:
    """Rows by docId: delivery is at-least-once, so the same packet may be listed twice.

    Raises SourceChanged where the axis shows fewer than it counts, however it is asked.
    """
    asked = {"servicetype": "eDoc", "messagetype": message_type}
    for _ in range(READS):
        rows = endpoint.rows(RECEIVED, asked)
        counted = counted_by_the_axis(endpoint, message_type) if rows else 0
        found = by_key(rows, doc_id)
        if len(rows) >= counted:
            return found
        found = in_pages(endpoint, RECEIVED, asked, found, doc_id, counted)
        if len(found) >= counted:
            return found
    raise cut(RECEIVED, counted, len(found))


def sent(endpoint: Endpoint, message_type: str, key: Key) -> dict[str, Row]:
    """Rows of what was sent, by `key`. Raises SourceChanged where the axis shows fewer than its answer counts."""
    asked = {"servicetype": "eDoc", "messagetype": message_type}
    answer = endpoint.call(SENT, asked)
    rows = rows_in(SENT, answer)
    counted = next((int(str(answer[name])) for name in TOTALS if str(answer.get(name)).isdigit()), 0)
    found = by_key(rows, key)
    if len(rows) < counted or is_cut(endpoint, asked, found, len(rows), key):
        found = in_pages(endpoint, SENT, asked, found, key, counted)
        if len(found) < counted:
            raise cut(SENT, counted, len(found))
    return found


def is_cut(endpoint: Endpoint, asked: dict[str, str], found: dict[str, Row], shown: int, key: Key) -> bool:
    """Whether the parts around the end of a list of a round length hold more than it showed."""
    if not shown or shown % ROUND:
        return False
    last = shown // ROWS_PER_PAGE + 1
    return any(by_key(part(endpoint, SENT, asked, number), key).keys() - found.keys() for number in (last, last - 1))


def in_pages(
    endpoint: Endpoint, operation: str, asked: dict[str, str], found: dict[str, Row], key: Key, counted: int
) -> dict[str, Row]:
    """What one answer showed and what its parts show, until that is as much as the axis counts."""
    for more in pages(endpoint, operation, asked):
        found = found | by_key(more, key)
        if counted and len(found) >= counted:
            break
    return found


def pages(endpoint: Endpoint, operation: str, asked: dict[str, str]) -> Iterator[list[Row]]:
    """From 1 on up to one that is empty or the same as before, then 0 for an axis that begins there."""
    number, before = 1, None
    while True:
        rows = part(endpoint, operation, asked, number)
        yield rows
        if not rows or rows == before:
            break
        number, before = number + 1, rows
    yield part(endpoint, operation, asked, 0)


def part(endpoint: Endpoint, operation: str, asked: dict[str, str], number: int) -> list[Row]:
    """Empty where an axis has no such part."""
    try:
        return endpoint.rows(operation, asked | {"pageSize": str(ROWS_PER_PAGE), "pageIndex": str(number)})
    except SourceError:
        if number == 1:
            raise
        return []


def counted_by_the_axis(endpoint: Endpoint, message_type: str) -> int:
    """0 where the axis does not count: then what it lists is believed."""
    try:
        return count(endpoint, message_type)
    except SourceError:
        return 0


def count(endpoint: Endpoint, message_type: str) -> int:
    """How many packets of a kind wait. Raises SourceChanged where the answer is no number."""
    operation = COUNTED_BY[message_type]
    told = endpoint.call(operation, {"servicetype": "eDoc"}, b"{}").get("count")
    if not str(told).isdigit():
        raise SourceChanged("axis", f"{operation}: count không phải là số")
    return int(str(told))


def doc_id(row: Row) -> str:
    """Raises SourceChanged when a row cannot be asked for."""
    if not row.get("docId"):
        raise SourceChanged("axis", f"{RECEIVED}: có dòng không mang docId")
    return str(row["docId"])


def by_key(rows: list[Row], key: Key) -> dict[str, Row]:
    """The first of each, in the order of the list."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(key(row), row)
    return found


def cut(operation: str, counted: int, shown: int) -> SourceChanged:
    what = "gói đang chờ" if operation == RECEIVED else "lượt đã gửi"
    return SourceChanged("axis", f"{operation}: trục đếm {counted} {what} nhưng chỉ liệt kê {shown}")
