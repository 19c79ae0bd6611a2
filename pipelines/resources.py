"""Plain objects for the assets, made of the environment when a run begins. The only reader of the environment."""

import os
from collections.abc import Callable, Iterator, Mapping

import dagster as dg

from assets.partitions import PARTITION_TAG, closing_date
from assets.raw.connecting import Connections
from assets.reports.rehearsal import MARK
from assets.run_settings import RunSettings
from connectors.patience import RunDeadline
from pipelines import identity
from pipelines.orphans import PROCESS_TAG, own_process
from pipelines.settings import Settings
from pipelines.settings_files import gathered
from warehouse import actions, engines, ledger, raw_integrity
from warehouse.database import Database
from warehouse.disk import refuse_without_room
from warehouse.ledger import RunSummary
from warehouse.opening import open_warehouse


MAINTENANCE = "maintenance"


def settings_from_environment() -> Settings:
    """Raises SettingsError."""
    return Settings.from_environment(gathered(os.environ))


def resources(
    read: Callable[[], Settings] = settings_from_environment,
    ended: Callable[[RunSummary], None] = lambda summary: None,
    begin_anew: bool = False,
) -> dict[str, dg.ResourceDefinition]:
    """Each is made once per run. `read` judges all settings, so a wrong one stops the run before its first step.

    `ended` gets what the ledger holds of the run when it is over.
    """
    return {
        "run_settings": dg.ResourceDefinition(lambda context: run_settings(read(), context)),
        "database": dg.ResourceDefinition(lambda context: warehouse(read(), context, ended, begin_anew)),
        "connections": dg.ResourceDefinition(lambda context: connections(read())),
    }


def run_settings(settings: Settings, context: dg.InitResourceContext) -> RunSettings:
    """The first of a run's resources: from here on it is known by which process the run is done."""
    if context.run and context.instance:
        mark = {MARK: "số liệu giả định"} if identity.is_of_rehearsal(settings) else {}
        context.instance.add_run_tags(context.run.run_id, {PROCESS_TAG: own_process(), **mark})
    return settings.run


def connections(settings: Settings) -> Connections:
    """The time of the whole run begins with them, before its first step."""
    return Connections(settings.sources, deadline=RunDeadline(settings.run.deadline_hours))


def warehouse(
    settings: Settings, context: dg.InitResourceContext, ended: Callable[[RunSummary], None], begin_anew: bool = False
) -> Iterator[Database]:
    """Open for one run: the run stands in the ledger from its beginning to its end, whatever happens between."""
    # The write-ahead log and whatever else a run makes; what others may read is opened to them by name.
    os.umask(0o077)
    run = context.run
    run_id = run.run_id if run else ""
    partition = run.tags.get(PARTITION_TAG) if run else None
    # Makes room, so it is not asked for any; compares every payload itself.
    is_maintenance = run is not None and run.job_name == MAINTENANCE
    # Before the file is opened.
    if run and not is_maintenance:
        refuse_without_room(settings.run.home)

    actions.record(
        settings.run.home,
        "run_started",
        run_id=run_id,
        job=run.job_name if run else None,
        closing_date=partition,
        through=through(run.tags) if run else None,
    )

    def tell(rescued: str) -> None:
        if context.log:
            context.log.warning(rescued)

    with open_warehouse(settings.warehouse, clock=settings.run.clock, tell=tell, begin_anew=begin_anew) as database:
        identity.enter(settings, database)
        ledger.start_run(database, run_id, closing_date(partition, settings.run))
        if not is_maintenance:
            raw_integrity.verify(database, tell)
        try:
            with engines.chosen(settings.run.engine, database, settings.run.home / "spark"):
                yield database
        finally:
            close_run(database, run_id, failures(context, run_id))
            summary = ledger.summary(database, run_id)
            actions.record(settings.run.home, "run_ended", run_id=run_id, version=summary.version)
            ended(summary)


def through(tags: Mapping[str, str]) -> str:
    """What started a run: a schedule or sensor by name, the command line (it names its process), or Dagster's page."""
    for kind in ("schedule", "sensor"):
        if name := tags.get(f"dagster/{kind}_name"):
            return f"{kind}:{name}"
    return "mtcl" if PROCESS_TAG in tags else "dagster"


def close_run(database: Database, run_id: str, failed_steps: list[str]) -> None:
    """A run that has not published ends here: with what failed, or as finished."""
    if ledger.is_running(database, run_id):
        outcome = "failed" if failed_steps else "finished"
        ledger.end_run(database, run_id, outcome, reason=", ".join(failed_steps) or None)


def failures(context: dg.InitResourceContext, run_id: str) -> list[str]:
    """The steps that failed, from Dagster's own log."""
    if context.instance is None:
        return []
    entries = context.instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    return [entry.dagster_event.step_key or "" for entry in entries if entry.dagster_event]
