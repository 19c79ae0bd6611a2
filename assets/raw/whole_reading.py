"""Every dossier, by days of acceptance: each window is landed, and remembered, on its own.

After a kill or a failure the windows that were landed are not read again; what has changed in them since the reading
began is read at its end. A reading that is not finished within a day is begun anew, unless it is the first.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import chain

from assets.questions import ask
from assets.raw.asking import Asking, Reading
from assets.raw.cursors import position_after, since
from assets.raw.monthly_counts import month_after
from connectors.dossier_search import Found
from connectors.portal import Portal
from connectors.portal_dossiers import YEARS
from connectors.records import Page
from warehouse import ledger


# Older years are looked at together; one that is mistyped beyond all is found where dossiers without acceptance are.
YEARS_FROM = 2015
# A year with no more dossiers is read at once, one with more by months.
AT_ONCE = 1000
VALID = timedelta(days=1)
UNHEEDED = "nguồn không lọc theo ngày tiếp nhận nên cả danh sách được đọc một lượt, bị ngắt thì đọc lại từ đầu"
Window = tuple[date, date]


@dataclass
class Progress:
    """`began`: since when; `done`: the windows landed since then, by name. `explained`: counted, told why not there."""

    began: datetime
    done: set[str]
    explained: int = 0
    tail: Found = field(default_factory=Found)


def whole_reading(asking: Asking[Portal], before: str | None) -> Iterator[Reading]:
    """`before`: the cursor, None for the first reading."""
    portal, settings = asking.connector, asking.settings
    if not portal.heeds_days_of_acceptance():
        pages = chain([Page([], 0, None, None, 0, told=(UNHEEDED,))], portal.dossiers(None))
        yield Reading(pages, complete=True, cursor_before=before, cursor=whole_position(asking, before))
        return
    progress = progress_of(asking, before)
    if progress.done:
        asking.log.info(
            f"Đọc tiếp từ chỗ dừng: {len(progress.done)} khoảng ngày tiếp nhận đã đọc xong thì không đọc lại."
        )
    for window in windows(portal, settings.today, progress.done):
        yield window_reading(asking, window, progress, is_again=before is not None)
    yield Reading(counted(portal.dossiers_never_accepted(), progress), complete=False)
    yield from the_rest(asking, progress, before)
    yield Reading(
        portal.dossiers(since(progress.began.isoformat(), settings), progress.tail),
        complete=False,
        cursor_before=before,
        cursor=whole_position(asking, before, progress.tail),
    )
    with asking.database.transaction("whole reading ended"):
        ledger.forget_parts(asking.database, "portal", "dossiers")


def progress_of(asking: Asking[Portal], before: str | None) -> Progress:
    now = asking.settings.clock()
    parts = ledger.parts(asking.database, "portal", "dossiers")
    began = min((datetime.fromisoformat(position) for position in parts.values()), default=now)
    if before is not None and now - began > VALID:
        return Progress(now, set())
    return Progress(began, set(parts))


def windows(portal: Portal, today: date, done: set[str]) -> Iterator[Window]:
    """What is still to be read, the oldest first."""
    years = [year_of(year) for year in range(YEARS_FROM, today.year + 1)]
    before, after = (date(YEARS.start, 1, 1), years[0][0]), (years[-1][1], date(YEARS.stop, 1, 1))
    for span in (before, *years, after):
        yield from parts_of(portal, span, done)


def parts_of(portal: Portal, span: Window, done: set[str]) -> Iterator[Window]:
    if name_of(span) in done:
        return
    is_filled, total = portal.dossiers_glimpsed(*span)
    if not is_filled:
        return
    start, end = span
    if total is not None and total <= AT_ONCE:
        yield span
    elif end - start > timedelta(days=366):
        for year in range(start.year, end.year):
            yield from parts_of(portal, year_of(year), done)
    else:
        yield from (month for month in months_in(start, end) if name_of(month) not in done)


def year_of(year: int) -> Window:
    return date(year, 1, 1), date(year + 1, 1, 1)


def months_in(start: date, end: date) -> Iterator[Window]:
    while start < end:
        yield start, month_after(start)
        start = month_after(start)


def name_of(window: Window) -> str:
    return f"{window[0]}..{window[1]}"


def window_reading(asking: Asking[Portal], window: Window, progress: Progress, is_again: bool) -> Reading:
    """What was known to be accepted in it and is not listed any more has gone, where everything is read again."""
    start, end = window

    def among() -> set[str]:
        return {key for key, _ in ask(asking.database, "dossiers_known", first=start, last=end - timedelta(days=1))}

    return Reading(
        counted(asking.connector.dossiers_accepted(start, end), progress),
        complete=is_again,
        window=(start.isoformat(), end.isoformat()),
        part=name_of(window),
        cursor=lambda newest: progress.began.isoformat(),
        among=among,
    )


def counted(pages: Iterator[Page], progress: Progress) -> Iterator[Page]:
    for page in pages:
        progress.explained += page.missing + page.repeated
        yield page


def the_rest(asking: Asking[Portal], progress: Progress, before: str | None) -> Iterator[Reading]:
    """What the source counts is compared with what is known; a difference that no window explains is looked for."""
    known = {identity for (identity,) in ask(asking.database, "dossiers_there")}
    total = asking.connector.dossiers_total()
    if total is None or total > len(known) + progress.explained:
        yield Reading(asking.connector.dossiers_beyond(known), complete=False)
    elif before is not None and total < len(known):
        # Dossiers without a day of acceptance may be among those that have gone.
        yield Reading(asking.connector.dossiers(None), complete=True)


def whole_position(asking: Asking[Portal], before: str | None, found: Found | None = None) -> "Position":
    return Position(asking, before, found or Found())


class Position:
    """The cursor after a whole reading: also a source that tells no moment of change has been read until now."""

    def __init__(self, asking: Asking[Portal], before: str | None, found: Found) -> None:
        self._position = position_after(before, asking.settings)
        self._latest = (asking.settings.clock() - asking.settings.safety_offset).isoformat()
        self._found = found

    def __call__(self, newest: str | None) -> str | None:
        # What lies deeper than the source shows was not read.
        return None if self._found.is_too_deep else self._position(newest) or self._position(self._latest)
