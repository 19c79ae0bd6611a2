"""What waits on the axis for an office: the whole list, or none of it (protocols A.3, E.1).

The list has no cursor. Some axes show a part of it at once, number the parts from 1 or from 0, or pass over the
headers that ask for a part; the axis's own count tells whether all of it was seen.
"""

from collections.abc import Iterator
from typing import Any

from connectors.errors import SourceChanged, SourceError
from connectors.vxp import Endpoint


ROWS_PER_PAGE = 500
# The office's own client empties the queue while it is read, so a list may be a little shorter than the count before.
READS = 3
COUNTED_BY = {"edoc": "countReceiveEdoc", "status": "countReceiveStatus"}
Row = dict[str, Any]


def waiting(endpoint: Endpoint, message_type: str) -> dict[str, Row]:
    """Rows by docId: delivery is at-least-once, so the same packet may be listed twice.

    Raises SourceChanged where the axis shows fewer than it counts, however it is asked.
    """
    for _ in range(READS):
        found, seen, counted = listed(endpoint, message_type)
        if seen >= counted:
            return found
    raise SourceChanged("axis", f"getReceivedEdocList: trục đếm {counted} gói đang chờ nhưng chỉ liệt kê {len(found)}")


def listed(endpoint: Endpoint, message_type: str) -> tuple[dict[str, Row], int, int]:
    """What one reading shows, how many rows that were, and how many the axis counted then."""
    asked = {"servicetype": "eDoc", "messagetype": message_type}
    rows = endpoint.rows("getReceivedEdocList", asked)
    found = by_doc_id(rows)
    counted = counted_by_the_axis(endpoint, message_type) if rows else 0
    if len(rows) >= counted:
        return found, len(rows), counted
    for more in pages(endpoint, asked):
        found |= by_doc_id(more)
        if len(found) >= counted:
            break
    return found, max(len(rows), len(found)), counted


def pages(endpoint: Endpoint, asked: dict[str, str]) -> Iterator[list[Row]]:
    """From 1 on up to one that is empty or the same as before, then 0 for an axis that begins there."""
    number, before = 1, None
    while True:
        rows = part(endpoint, asked, number)
        yield rows
        if not rows or rows == before:
            break
        number, before = number + 1, rows
    yield part(endpoint, asked, 0)


def part(endpoint: Endpoint, asked: dict[str, str], number: int) -> list[Row]:
    """Empty where an axis has no such part."""
    try:
        return endpoint.rows("getReceivedEdocList", asked | {"pageSize": str(ROWS_PER_PAGE), "pageIndex": str(number)})
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


def by_doc_id(rows: list[Row]) -> dict[str, Row]:
    """Raises SourceChanged when a row cannot be asked for."""
    if not all(row.get("docId") for row in rows):
        raise SourceChanged("axis", "getReceivedEdocList: có dòng không mang docId")
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(str(row["docId"]), row)
    return found
