"""Once a week the source's own counts, month by month, against what is known: what slipped or vanished is read again.

Cheaper than reading everything: one question a month, and only a month whose count differs is read as a whole.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain

from assets.questions import ask
from assets.raw.asking import Reading
from assets.run_settings import RunSettings
from connectors.portal import Portal
from connectors.records import Page
from warehouse.database import Database


EVERY = timedelta(days=7)
# A month from which more than this has gone at once is a source in trouble, not a source that tidied up.
CREDIBLE_COUNT, CREDIBLE_SHARE = 10, 0.05
Month = tuple[date, date]


@dataclass(frozen=True)
class Difference:
    """A month of which the source counts another number of dossiers than is known."""

    month: Month
    known: int
    counted: int

    @property
    def may_have_gone(self) -> bool:
        """Whether what is no longer listed in it may be taken for gone."""
        return self.known - self.counted <= max(CREDIBLE_COUNT, CREDIBLE_SHARE * self.known)


def is_due(database: Database, run_settings: RunSettings) -> bool:
    ((last,),) = ask(database, "last_count")
    return last is None or run_settings.today - last >= EVERY


def months_begun(today: date) -> Iterator[Month]:
    """First and last day of every month of this year up to the current one."""
    for month in range(1, today.month + 1):
        start = date(today.year, month, 1)
        yield start, month_after(start) - timedelta(days=1)


def month_after(start: date) -> date:
    return (start + timedelta(days=31)).replace(day=1)


def differing(database: Database, run_id: str, run_settings: RunSettings) -> list[Difference]:
    """The months of which the source has just counted more or fewer dossiers than are known."""
    counted = ask(database, "counted_now", today=run_settings.today.isoformat(), run_id=run_id)
    if not counted:
        return []
    months = {(date.fromisoformat(start), date.fromisoformat(end)): count for start, end, count in counted}
    first, last = min(start for start, _ in months), max(end for _, end in months)
    accepted = [day for _, day in ask(database, "dossiers_known", first=first, last=last)]
    known = {month: sum(month[0] <= day <= month[1] for day in accepted) for month in months}
    return [Difference(month, known[month], count) for month, count in months.items() if known[month] != count]


def reading_again(database: Database, portal: Portal, found: list[Difference]) -> Reading:
    """Those months as a whole: what is accepted in them and was not seen has gone, if that can be believed."""
    months = [difference.month for difference in found]

    def among() -> set[str]:
        believed = [difference.month for difference in found if difference.may_have_gone]
        return {key for start, end in believed for key, _ in ask(database, "dossiers_known", first=start, last=end)}

    window = (months[0][0].isoformat(), (months[-1][1] + timedelta(days=1)).isoformat())
    return Reading(pages(portal, months), complete=True, may_be_empty=True, window=window, among=among)


def pages(portal: Portal, months: Iterable[Month]) -> Iterator[Page]:
    return chain.from_iterable(portal.dossiers_accepted(start, end + timedelta(days=1)) for start, end in months)
