"""The national scores (QĐ 766): the portal's own figures of the province, to be shown beside ours."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client, Question, pseudonymiser
from assets.raw.monthly_counts import months_begun
from connectors.national_scores import EVERY_PROVINCE, NationalScores, Period
from warehouse import ledger


EVERY = timedelta(days=7)


def connect(given: Mapping[str, str], client: Client) -> NationalScores:
    return NationalScores(client("SCORES", given["SCORES_URL"]), pseudonymiser(given))


def questions(portal: NationalScores) -> Iterator[Question]:
    """For whoever probes the source: the provinces of last year's table, which is there all year round."""
    last_year = Period(date.today().year - 1)
    yield f"Bảng điểm năm {last_year.year}", lambda: f"đọc được {len(portal.scores(last_year, EVERY_PROVINCE))} đơn vị"


def unit_scores(asking: Asking[NationalScores]) -> Iterator[Reading]:
    yield reading(asking, "unit_scores", with_years=True)


def totals(asking: Asking[NationalScores]) -> Iterator[Reading]:
    yield reading(asking, "totals", with_years=False)


def reading(asking: Asking[NationalScores], resource: str, with_years: bool) -> Reading:
    """This month and the last one, and once a week every month of the year: the portal settles its figures late."""
    today = asking.settings.today
    before = ledger.cursor(asking.database, "scores", resource)
    is_whole = before is None or today - date.fromisoformat(before) >= EVERY
    months = [start for start, _ in months_begun(today)] if is_whole else []
    last = today.replace(day=1) - timedelta(days=1)
    periods = sorted({Period(day.year, day.month) for day in (*months, last, today)})
    years = sorted({Period(period.year) for period in periods}) if with_years else []
    ask = getattr(asking.connector, resource)
    return Reading(
        ask(asking.settings.org_code, [*years, *periods]),
        cursor_before=before,
        cursor=lambda newest: today.isoformat() if is_whole else before,
    )
