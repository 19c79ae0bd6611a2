"""The national scores (QĐ 766): the portal's own figures of the province, to be shown beside ours."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question
from assets.raw.monthly_counts import months_begun
from connectors.national_scores import NationalScores, Period
from connectors.pseudonym_settings import pseudonymiser
from connectors.records import Page
from warehouse import ledger


EVERY = timedelta(days=7)


def connect(given: Mapping[str, str], client: Client) -> NationalScores:
    return NationalScores(client("SCORES", given["SCORES_URL"]), pseudonymiser(given))


def questions(portal: NationalScores, org_code: str) -> Iterator[Question]:
    """For whoever probes the source: the province in last year's table, which is there all year round."""
    last_year = Period(date.today().year - 1)

    def own_score() -> str:
        return f"{org_code} đạt {portal.of_province(org_code, last_year)['TONG_SCORE']} điểm"

    yield f"Bảng điểm năm {last_year.year}", own_score


def unit_scores(asking: Asking[NationalScores]) -> Iterator[Reading]:
    due = Due.of(asking, "unit_scores")
    years = sorted({Period(period.year) for period in due.periods})
    yield due.reading(asking.connector.unit_scores(asking.settings.org_code, [*years, *due.periods]))


def totals(asking: Asking[NationalScores]) -> Iterator[Reading]:
    """Of the units one request each: only with the weekly reading, and only of the two newest months."""
    due = Due.of(asking, "totals")
    by_unit = due.newest if due.is_whole else []
    yield due.reading(asking.connector.totals(asking.settings.org_code, due.periods, by_unit))


@dataclass(frozen=True)
class Due:
    """This month and the last one, and once a week every month of the year: the portal settles its figures late."""

    today: date
    before: str | None

    @classmethod
    def of(cls, asking: Asking[NationalScores], resource: str) -> "Due":
        return cls(asking.settings.today, ledger.cursor(asking.database, "scores", resource))

    @property
    def is_whole(self) -> bool:
        return self.before is None or self.today - date.fromisoformat(self.before) >= EVERY

    @property
    def newest(self) -> list[Period]:
        last = self.today.replace(day=1) - timedelta(days=1)
        return [Period(day.year, day.month) for day in (last, self.today)]

    @property
    def periods(self) -> list[Period]:
        months = [start for start, _ in months_begun(self.today)] if self.is_whole else []
        return sorted({*(Period(start.year, start.month) for start in months), *self.newest})

    def reading(self, pages: Iterator[Page]) -> Reading:
        next_cursor = self.today.isoformat() if self.is_whole else self.before
        return Reading(pages, cursor_before=self.before, cursor=lambda newest: next_cursor)
