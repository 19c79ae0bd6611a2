"""What readers get: questions to the newest published version, never to the warehouse."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from assets.run_settings import LOCAL
from warehouse.reading import NothingPublished, Row, ask


__all__ = ["NothingPublished", "Publication", "Row"]

SCOREBOARD = "select * from marts.scoreboard order by position"

# Year to date for the headline scope, as at any closing date that has been computed.
FIGURES = """
select result.*
from marts.indicator_result as result
inner join core.headlines as headline
    on headline.indicator = result.indicator
    and headline.unit_code = result.unit_code
    and headline.objective_year = year(result.period_end)
inner join reference.objectives as objective
    on objective.indicator = result.indicator and objective.objective_year = headline.objective_year
where headline.is_headline
    and closing_date = $closing_date
    and period_calendar = 'iso'
    and period_kind = 'year_to_date'
    and applicant_group <> 'chua_xac_dinh'
qualify period_start = max(period_start) over ()
order by objective.position, result.is_headline desc, definition
"""


@dataclass(frozen=True)
class Publication:
    """The newest version and the questions people ask of it."""

    path: Path

    def ask(self, sql: str, **values: object) -> list[Row]:
        return ask(self.path, sql, **values)

    def scoreboard(self) -> list[Row]:
        return self.ask(SCOREBOARD)

    def figures(self, closing_date: date) -> list[Row]:
        """Every definition of every indicator at one closing date."""
        return self.ask(FIGURES, closing_date=closing_date)

    @property
    def published_at(self) -> datetime | None:
        """By the machine's clock: the manifest carries that of the sources, which a simulator sets."""
        if not self.path.exists():
            return None
        return datetime.fromtimestamp(self.path.resolve().with_suffix(".json").stat().st_mtime, LOCAL)
