"""The whole pipeline over a simulator on real sockets; only waiting and the date are given."""

import json
from collections.abc import Mapping, Sequence, Set
from contextlib import AbstractContextManager
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg
from dagster._core.definitions.job_base import InMemoryJob
from dagster._core.execution.execute_in_process import core_execute_in_process
from dagster._core.execution.plan.objects import StepFailureData
from dagster._core.storage.tags import PARTITION_NAME_TAG

from assets.partitions import enter
from assets.raw.connecting import Connections
from assets.raw.landing import raw_assets
from assets.run_settings import LOCAL, RunSettings
from connectors.http import HttpClient
from connectors.patience import RetryBudget, RunDeadline
from connectors.simulator.world import World
from connectors.transport import Transport
from pipelines.definitions import build_definitions
from pipelines.settings import Settings
from tests.support.instance import without_history
from warehouse import building, ledger
from warehouse.database import Database
from warehouse.opening import open_warehouse


LAST_DAY = date(2025, 12, 31)
QUIET: dict[str, Any] = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
# What the assets of the night that runs now stand on.
TONIGHT: dict[str, Any] = {}
OUTPUTS = {
    dg.AssetKey(["published", "dashboard"]),
    dg.AssetKey(["published", "exports"]),
    dg.AssetKey(["published", "data_docs"]),
    dg.AssetKey(["published", "backup"]),
    dg.AssetKey(["reports", "objectives"]),
}


def small(today: date = LAST_DAY) -> World:
    """A province small enough for a test, with every kind of bad record in it; nobody else reads the axis."""
    return World(dossiers=900, documents=90, procedures=40, today=today, defect_share=0.03, is_drained=False)


@cache
def definitions() -> dg.Definitions:
    """Made once in a process: making them costs a tenth of a night."""
    return build_definitions(
        {
            "run_settings": dg.ResourceDefinition(lambda context: TONIGHT["run_settings"]),
            "database": dg.ResourceDefinition(lambda context: TONIGHT["database"]),
            "connections": dg.ResourceDefinition(lambda context: TONIGHT["connections"]),
        }
    )


@cache
def prepared(job: str, selection: frozenset[dg.AssetKey]) -> InMemoryJob:
    """With what Dagster notes of its shape, also once in a process: another tenth of a night."""
    return InMemoryJob(definitions().resolve_job_def(job).as_ephemeral_job({}, {}, asset_selection=sorted(selection)))


def sources_alone(tables: Sequence[str]) -> frozenset[dg.AssetKey]:
    return frozenset(dg.AssetKey(["raw", table]) for table in tables) or frozenset(asset.key for asset in raw_assets)


@cache
def up_to(table: str) -> Set[dg.AssetKey]:
    return (
        dg.AssetSelection.assets(table.split("."))
        .upstream()
        .required_multi_asset_neighbors()
        .resolve(definitions().resolve_asset_graph())
    )


class Office:
    """One home, one set of sources; each night is a run of a job."""

    def __init__(
        self, home: Path, environment: Mapping[str, str], day: date, page_size: int = 50, attempts: int = 30
    ) -> None:
        self.home = home
        self.environment = environment
        self.day = day
        self.page_size = page_size
        self.attempts = attempts
        self.deadline: RunDeadline | None = None
        self.publish_when = "complete"
        self.pauses: list[float] = []

    @property
    def run_settings(self) -> RunSettings:
        evening = datetime.combine(self.day, time(20), LOCAL)
        return RunSettings(home=self.home, clock=lambda: evening, publish_when=self.publish_when)

    def client(self, source: str, url: str, budget: RetryBudget, how: Transport) -> HttpClient:
        budget.attempts = self.attempts
        return HttpClient(url, source=source, budget=budget, transport=how, sleep=self.pauses.append, timeout=(2, 5))

    def connections(self) -> Connections:
        """As a run makes them, except that no time passes while they wait."""
        sources = dict(Settings.from_environment(self.environment).sources)
        sources["portal"] = {**sources["portal"], "PORTAL_PAGE_SIZE": str(self.page_size)}
        return Connections(sources, self.client, self.deadline)

    def resources(self, database: Database) -> dict[str, Any]:
        return {"run_settings": self.run_settings, "database": database, "connections": self.connections()}

    def open(self) -> AbstractContextManager[Database]:
        # One thread: tests run beside each other, and small tables gain nothing by a second.
        return open_warehouse(self.home / "warehouse.duckdb", clock=self.run_settings.clock, threads=1)

    def night(
        self,
        job: str = "daily",
        closing_date: date | None = None,
        config: dict[str, Any] | None = None,
        outputs: bool = False,
        only: str | None = None,
    ) -> dg.ExecuteInProcessResult:
        """One run of a job, from the sources to the publication; reports of units belong to no day of their own.

        `outputs`: with the page, the reports and the files that follow a publication, which is a third of a night.
        `only`: no further than this table and all that it stands on.
        """
        closing = closing_date or self.day
        day = None if job == "reports" else closing.isoformat()
        run_id = str(uuid4())
        with self.open() as database:
            ledger.start_run(database, run_id, closing)
            whole = definitions().resolve_job_def(job).asset_layer.executable_asset_keys
            selected = up_to(only) if only else whole - (set() if outputs else OUTPUTS)
            return self.execute(database, job, frozenset(selected), config, run_id, day)

    def read(self, *tables: str) -> dg.ExecuteInProcessResult:
        """Only the sources, all of them or these raw tables: nothing built."""
        with self.open() as database:
            return self.execute(database, "daily", sources_alone(tables), None, str(uuid4()), None)

    def execute(
        self,
        database: Database,
        job: str,
        selected: frozenset[dg.AssetKey],
        config: dict[str, Any] | None,
        run_id: str,
        day: str | None,
    ) -> dg.ExecuteInProcessResult:
        """As JobDefinition.execute_in_process, with a job that is prepared and no log on the screen."""
        TONIGHT.update(self.resources(database))
        if day:
            enter(without_history(), day)
        return core_execute_in_process(
            run_config=QUIET | (config or {}),
            job=prepared(job, selected),
            instance=without_history(),
            output_capturing_enabled=True,
            raise_on_error=False,
            run_tags={PARTITION_NAME_TAG: day} if day else {},
            run_id=run_id,
        )

    def raw(self) -> dict[str, str]:
        """Raw table → hash of what it knows: keys, versions, contents; not when a run happened to see it."""
        with self.open() as database:
            tables = database.query(
                "select table_name from duckdb_tables() where schema_name = 'raw' order by table_name"
            )
            seen = ("run_id", "first_seen_at", "last_seen_at", "withdrawn_at")
            return {table: building.table_hash(database, f"raw.{table}", without=seen) for (table,) in tables}

    def manifest(self) -> dict[str, Any]:
        """The manifest beside the newest published version."""
        path = (self.home / "published" / "mtcl.duckdb").resolve().with_suffix(".json")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def hashes(self) -> dict[str, str]:
        """Published table → content hash."""
        return {table: facts["content_hash"] for table, facts in self.manifest()["tables"].items()}


def failures(result: dg.ExecuteInProcessResult) -> dict[str, str]:
    """Step → what it told the officer, or the error that it did not foresee."""
    return {str(event.step_key): told(event.step_failure_data) for event in result.all_events if event.is_step_failure}


def told(failure: StepFailureData) -> str:
    foreseen = failure.user_failure_data
    return str(foreseen.description if foreseen else failure.error)
