"""A line in the log at a steady interval while a long collection is read."""

from collections.abc import Callable, Iterator
from time import monotonic

from connectors.records import Page


INTERVAL_SECONDS = 5.0


class Progress:
    """Watches pages go by; says where the reading stands, how fast it goes and how long it will take."""

    def __init__(self, resource: str, say: Callable[[str], None], clock: Callable[[], float] = monotonic) -> None:
        self._resource = resource
        self._say = say
        self._clock = clock
        self._started = self._said = clock()
        self._pages = self._records = 0

    def watch(self, pages: Iterator[Page]) -> Iterator[Page]:
        for page in pages:
            yield page
            self._pages += 1
            self._records += len(page.records)
            if self._clock() - self._said >= INTERVAL_SECONDS:
                self._said = self._clock()
                self._say(self._line(page))

    def _line(self, page: Page) -> str:
        rate = self._records / max(self._said - self._started, 0.001)
        of = f"/{page.total_pages}" if page.total_pages else ""
        line = f"{self._resource}: trang {self._pages}{of} · {self._records:,} bản ghi · {rate:,.0f} bản ghi/giây"
        if page.total_pages and page.total_pages > self._pages:
            left = (page.total_pages - self._pages) * (self._said - self._started) / self._pages
            line += f" · còn khoảng {minutes(left)}"
        return line


def minutes(seconds: float) -> str:
    whole = round(seconds)
    return f"{whole // 60} phút {whole % 60:02d} giây" if whole >= 60 else f"{whole} giây"
