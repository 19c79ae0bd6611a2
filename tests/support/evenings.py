"""Evening after evening over dossiers alone: land, build, publish; the clock is that of the evening."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from connectors.records import Page, Record
from tests.models.dossier_sources import DossierSources
from warehouse import history, reference
from warehouse.publishing import Published, publish


BUILT = (
    "core.admissions",
    "marts.dossier_clock",
    "marts.due_date_change",
    "marts.indicator_result",
    "marts.restatement",
    "marts.scoreboard",
)
REFERENCE = Path(reference.__file__).parent


class Evenings:
    """A home: what is given on a day is landed at eight in the evening."""

    def __init__(self, folder: Path) -> None:
        self.own, self.published = folder / "reference", folder / "published"
        self.own.mkdir()
        self.dossiers = DossierSources(folder, BUILT)
        self.runs = 0

    def on(self, day: date) -> DossierSources:
        self.dossiers.now = datetime.combine(day, time(13), UTC)
        return self.dossiers

    def night(self, closing: date, snapshot: str | None = None, cut_at: datetime | None = None) -> Published:
        """Builds and publishes a closing date, by the office's own files or by those of a snapshot."""
        self.build(closing, snapshot, cut_at)
        return publish(self.dossiers.warehouse, self.published, run_id=f"run-{self.runs}", closing_date=closing)

    def build(self, closing: date, snapshot: str | None = None, cut_at: datetime | None = None) -> None:
        self.runs += 1
        # A run takes a while; two publications of one evening are told apart.
        self.dossiers.now += timedelta(minutes=1)
        reference.load(self.dossiers.warehouse, self.own, snapshot)
        history.compare_with(self.dossiers.warehouse, self.published, closing)
        self.dossiers.build(closing, cut_at)

    def again(self, closing: date) -> list[str]:
        """The tables that differ when a closing date is built as it was published."""
        then = history.as_published(self.dossiers.warehouse, closing)
        assert then
        self.build(closing, then.reference_version, then.cut_at)
        return history.differences(self.dossiers.warehouse, then.version)

    def list_whole(self, records: list[Record]) -> None:
        """The source lists these dossiers and no others."""
        with self.dossiers.warehouse.extraction("portal", "dossiers", run_id="test") as extraction:
            extraction.add(Page(records, 1, 1, len(records), 0))
            extraction.finish(complete=True)

    def adds(self, name: str, text: str) -> None:
        """A reference file of the office's own."""
        (self.own / name).write_text(text, encoding="utf-8")

    def restated(self, unit: str = "VP", kind: str = "month") -> list[tuple[object, ...]]:
        """Indicator and definition with numbers before and after, cause and records, of one kind of period."""
        return self.dossiers.query(
            "select indicator, definition, strftime(period_start, '%Y-%m-%d'), numerator_before, numerator_after,"
            " denominator_before, denominator_after, cause, array_to_string(record_keys, ' ')"
            f" from marts.restatement where unit_code = '{unit}' and period_kind = '{kind}'"
            " and period_calendar = 'iso' and closing_date = (select closing_date from reference.closing)"
            " order by indicator, definition, period_start"
        )
