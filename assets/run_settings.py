"""What an office may set about a run, as plain values; pipelines/resources.py reads them from the environment."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from warehouse.shared_store import SharedStore
from warehouse.signing import Signer


PUBLISH_WHEN = ("complete", "all")
TIMEZONE = "Asia/Ho_Chi_Minh"
LOCAL = ZoneInfo(TIMEZONE)


@dataclass(frozen=True)
class RunSettings:
    """`clock` is the day the sources live in: today, or the simulator's day."""

    home: Path
    clock: Callable[[], datetime]
    org_code: str = "H19"
    keep_versions: int = 10
    # The cursor never passes the start of the run by less than this: sources commit late.
    safety_offset: timedelta = timedelta(minutes=10)
    # Read again before the cursor, for what a source files under an earlier time.
    overlap: timedelta = timedelta(hours=24)
    # Of older decisions only the list is read; asking for the procedures of all of them would take hours.
    decisions_since: date = date(2024, 10, 1)
    # Where a source cannot be read: `complete` publishes, its indicators with yesterday's evidence; `all` nothing.
    publish_when: str = "complete"
    # So many dossiers a day are asked for on the national portal; 0: none.
    copies_asked: int = 100
    # After so many hours no source is asked any more: the next night begins 24 hours after this one.
    deadline_hours: float = 20.0
    # What builds the models: DuckDB in this process, or Spark where one machine no longer holds the tables.
    engine: str = "duckdb"
    # Who signs what is published; None: nobody, and every paper says so.
    signer: Signer | None = field(default=None, repr=False)
    # Whom to ring: stands in alerts and on the page for leaders.
    contact: str = ""
    # Where publications go besides the home; None: nowhere.
    store: SharedStore | None = None

    @property
    def today(self) -> date:
        return self.clock().date()

    @property
    def own_reference(self) -> Path:
        """Reference files of the office: they replace or add to those that come with the product."""
        return self.home / "reference"

    @property
    def published(self) -> Path:
        return self.home / "published"

    @property
    def reports(self) -> Path:
        return self.home / "reports"
