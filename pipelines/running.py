"""One run of `daily` without the web page, and what came of it in a few plain facts."""

from dataclasses import asdict, dataclass, field
from datetime import date
from time import perf_counter
from typing import Any

import dagster as dg

from assets.partitions import enter
from assets.raw.outcomes import WAS_READ
from assets.reports import terminal
from assets.reports.asking import Publication
from assets.reports.terminal import Figure
from assets.sources import SOURCES, collections, systems
from pipelines.definitions import build_definitions
from pipelines.instance import opened
from pipelines.orphans import PROCESS_TAG, end_orphans, own_process
from pipelines.resources import resources
from pipelines.settings import Settings
from pipelines.terminal import terminal_logger
from warehouse.disk import in_words
from warehouse.ledger import RunSummary
from warehouse.reading import POINTER


LOCATION = "__repository__@muc_tieu_chat_luong"


@dataclass
class SystemReport:
    """How one system fared: succeeded, failed, skipped (not configured) or not_asked."""

    outcome: str = "not_asked"
    records: int = 0
    landed: int = 0
    requests: int = 0
    retries: int = 0
    error: str | None = None


@dataclass
class RunReport:
    run_id: str
    closing_date: date
    version: str | None
    duration_s: float
    systems: dict[str, SystemReport]
    problems: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    matches_truth: bool | None = None
    is_rehearsal: bool = False

    @property
    def published(self) -> bool:
        return self.version is not None

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
            "sources": {code: asdict(system) for code, system in self.systems.items()},
            "verdicts": self.verdicts,
            "problems": self.problems,
            **({"rehearsal": True} if self.is_rehearsal else {}),
            **({} if self.matches_truth is None else {"matches_simulator_truth": self.matches_truth}),
        }


def run_daily(
    settings: Settings,
    closing_date: date,
    as_published: bool = False,
    outputs: bool = True,
    begin_anew: bool = False,
) -> RunReport:
    """The same job that the schedule starts, in this process, in the same history.

    `as_published`: the job `recompute` instead, by definitions and data of what was published for that closing date.
    `outputs`: with the page, the reports and the files that follow a publication.
    """
    started = perf_counter()
    summaries: list[RunSummary] = []
    definitions = build_definitions(
        resources(lambda: settings, summaries.append, begin_anew),
        loggers={"terminal": terminal_logger},
        has_lake=settings.run.store is not None,
    )
    with opened(settings.dagster_home) as instance:
        end_orphans(instance, settings)
        enter(instance, closing_date.isoformat())
        replay = {"ops": {"reference": {"config": {"as_published": True}}}} if as_published else {}
        job = definitions.resolve_job_def("recompute" if as_published else "daily")
        following = dg.AssetSelection.assets(["published", "mtcl"]).downstream(include_self=False)
        graph = definitions.resolve_asset_graph()
        left_out = set() if outputs else following.resolve(graph)
        selected = set(job.asset_layer.executable_asset_keys) - left_out
        # Tables that are built together are one step.
        steps = len({graph.get(key).assets_def.node_def.name for key in selected})
        result = job.execute_in_process(
            instance=instance,
            partition_key=closing_date.isoformat(),
            run_config={"loggers": {"terminal": {"config": {"steps": steps}}}, **replay},
            tags={".dagster/repository": LOCATION, PROCESS_TAG: own_process()},
            asset_selection=sorted(selected) if left_out else None,
            raise_on_error=False,
        )
    # A run that could not open the warehouse has no summary.
    summary = summaries[0] if summaries else RunSummary(None, [])
    publication = Publication(settings.run.published / POINTER)
    return RunReport(
        run_id=result.run_id,
        closing_date=closing_date,
        version=summary.version,
        duration_s=perf_counter() - started,
        systems=system_reports(summary, settings),
        problems=problems(result),
        figures=terminal.figures(publication, closing_date) if summary.version else [],
        is_rehearsal=settings.is_rehearsal,
    )


def system_reports(summary: RunSummary, settings: Settings) -> dict[str, SystemReport]:
    """Per system, from the ledger. A collection that a source need not offer makes no failure when it is refused."""
    found = {system: SystemReport() for system in systems()}
    asked = {(source.system, one.resource): (source, one) for source, one in collections()}
    for attempt in summary.attempts:
        report = found[attempt.system]
        source, collection = asked[attempt.system, attempt.resource]
        for count in ("records", "landed", "requests", "retries"):
            setattr(report, count, getattr(report, count) + (getattr(attempt, count) or 0))
        if attempt.has_succeeded and report.outcome != "failed":
            report.outcome = "succeeded"
        elif not attempt.has_succeeded and not (collection.optional and attempt.is_refused):
            report.outcome, report.error = "failed", f"{source.title}: {attempt.error}"
    for system, report in found.items():
        is_configured = any(source.code in settings.sources for source in SOURCES if source.system == system)
        if not is_configured and report.outcome == "not_asked":
            report.outcome = "skipped"
    return found


def problems(result: dg.ExecuteInProcessResult) -> list[str]:
    """What stopped the run and which sources it could not read, in the officer's words, each said once.

    A failure before the first step counts too.
    """
    unread = [
        check for check in result.get_asset_check_evaluations() if check.check_name == WAS_READ and not check.passed
    ]
    found = [str(check.description) for check in unread]
    found += [reason(event) for event in result.all_events if event.is_step_failure]
    if not found and not result.success:
        found = [
            data.error.cause.message if data.error and data.error.cause else event.message or ""
            for event in result.all_events
            if event.is_failure and (data := getattr(event, "job_failure_data", None))
        ]
    return list(dict.fromkeys(in_words(words) or words for words in found))


def reason(event: dg.DagsterEvent) -> str:
    data = event.step_failure_data
    if data.user_failure_data and data.user_failure_data.description:
        return data.user_failure_data.description
    error = data.error
    while error and error.cause:
        error = error.cause
    return f"{event.step_key}: {error.message.strip() if error else event.message}"
