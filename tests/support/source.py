"""A source for the warehouse's tests: records in a line, pages of any size, a clock that stands still."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from connectors.records import Page, Record


NOON = datetime(2025, 7, 1, 5, 0, tzinfo=UTC)  # noon in Biên Hòa


class Clock:
    """Stands still until it is told otherwise."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def record(key: str, body: object = "", updated_at: str | None = None) -> Record:
    return Record(key, f'{{"body": "{body}"}}'.encode(), updated_at)


def pages(records: Iterable[Record], size: int = 50) -> Iterator[Page]:
    waiting = list(records)
    for number, start in enumerate(range(0, len(waiting), size), start=1):
        yield Page(
            waiting[start : start + size], number=number, total_pages=None, total_records=None, bytes=size, refused=0
        )
