"""One run of `daily` without the web page, and what came of it in a few plain facts."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from time import perf_counter
from typing import Any

import dagster as dg

from assets.reports import terminal
from assets.reports.asking import Publication
from assets.reports.terminal import Figure
from pipelines.definitions import build_definitions
from pipelines.instance import opened
from pipelines.resources import resources
from pipelines.settings import Settings
from pipelines.terminal import terminal_logger
from warehouse.reading import POINTER


LOCATION = "__repository__@muc_tieu_chat_luong"
PUBLISHED = dg.AssetKey(["published", "mtcl"])
COUNTS = {"records": "Bản ghi đã đọc", "landed": "Phiên bản mới", "requests": "Số yêu cầu", "retries": "Số lần hỏi lại"}


@dataclass
class Source:
    """How one system fared: succeeded, failed, skipped (not configured) or not_asked."""

    outcome: str = "not_asked"
    records: int = 0
    landed: int = 0
    requests: int = 0
    retries: int = 0
    error: str | None = None


@dataclass
class Outcome:
    run_id: str
    closing_date: date
    published: bool
    version: str | None
    duration_s: float
    sources: dict[str, Source]
    problems: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    matches_truth: bool | None = None

    @property
    def verdicts(self) -> dict[str, str]:
        return {row.indicator: row.verdict for row in self.figures if row.is_headline}

    def as_json(self) -> dict[str, Any]:
        """Contract §1, and what helps beside it."""
        return {
            "run_id": self.run_id,
            "closing_date": self.closing_date.isoformat(),
            "published": self.published,
            "version": self.version,
            "duration_s": round(self.duration_s, 2),
            "sources": {name: asdict(source) for name, source in self.sources.items()},
            "verdicts": self.verdicts,
            "problems": self.problems,
            **({} if self.matches_truth is None else {"matches_simulator_truth": self.matches_truth}),
        }


def run_daily(settings: Settings, closing_date: date, as_published: bool = False) -> Outcome:
    """The same job that the schedule starts, in this process, in the same history.

    `as_published`: the job `recompute` instead, by definitions and data of what was published for that closing date.
    """
    started = perf_counter()
    definitions = build_definitions(resources(lambda: settings), loggers={"terminal": terminal_logger})
    with opened(settings.dagster_home) as instance:
        replay = {"ops": {"reference": {"config": {"as_published": True}}}} if as_published else {}
        result = definitions.resolve_job_def("recompute" if as_published else "daily").execute_in_process(
            instance=instance,
            partition_key=closing_date.isoformat(),
            run_config={"loggers": {"terminal": {"config": {}}}, **replay},
            tags={".dagster/repository": LOCATION},
            raise_on_error=False,
        )
    version = published_version(result)
    publication = Publication(settings.terms.published / POINTER)
    return Outcome(
        run_id=result.run_id,
        closing_date=closing_date,
        published=version is not None,
        version=version,
        duration_s=perf_counter() - started,
        sources=sources(result, settings),
        problems=problems(result),
        figures=terminal.figures(publication, closing_date) if version else [],
    )


def published_version(result: dg.ExecuteInProcessResult) -> str | None:
    for event in result.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        if materialization.asset_key == PUBLISHED:
            return str(materialization.metadata["Phiên bản"].value)
    return None


def sources(result: dg.ExecuteInProcessResult, settings: Settings) -> dict[str, Source]:
    """Per system, from the events of its collections. The public gateway belongs to the national database."""
    found = {system: Source() for system in ("portal", "axis", "tthc", "registers")}
    for event in result.get_asset_materialization_events():
        materialization = event.step_materialization_data.materialization
        layer, table = materialization.asset_key.path[0], materialization.asset_key.path[-1]
        if layer == "raw":
            add_counts(found[table.partition("__")[0]], materialization.metadata)
    for event in result.all_events:
        if event.is_step_failure and event.step_key and event.step_key.startswith("raw__"):
            source = found[event.step_key.split("__")[1]]
            source.outcome, source.error = "failed", reason(event)
    for system, source in found.items():
        is_configured = system in settings.sources or (system == "registers" and settings.registers is not None)
        if not is_configured and source.outcome != "failed":
            source.outcome = "skipped"
    return found


def add_counts(source: Source, metadata: Mapping[str, dg.MetadataValue[Any]]) -> None:
    source.outcome = "succeeded"
    for name, label in COUNTS.items():
        if label in metadata:
            setattr(source, name, getattr(source, name) + metadata[label].value)


def problems(result: dg.ExecuteInProcessResult) -> list[str]:
    """What stopped the run, in the officer's words; a failure before the first step counts too."""
    found = [reason(event) for event in result.all_events if event.is_step_failure]
    if not found and not result.success:
        found = [
            data.error.cause.message if data.error and data.error.cause else event.message or ""
            for event in result.all_events
            if event.is_failure and (data := getattr(event, "job_failure_data", None))
        ]
    return found


def reason(event: dg.DagsterEvent) -> str:
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error
    while error and error.cause:
        error = error.cause
    return f"{event.step_key}: {error.message.strip() if error else event.message}"
