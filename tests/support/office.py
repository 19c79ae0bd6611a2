"""The whole pipeline over a simulator on real sockets; only waiting and the date are given."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from uuid import uuid4

import dagster as dg

from assets.terms import LOCAL, Terms
from connectors.axis import Axis
from connectors.http import HttpClient, RetryBudget
from connectors.keycloak import Keycloak
from connectors.portal import Portal
from connectors.records import Pseudonymiser
from connectors.registers.folder import Registers
from connectors.simulator.world import World
from connectors.tthc import NationalDatabase
from connectors.tthc_public import PublicGateway
from pipelines.definitions import build_definitions
from warehouse.database import Warehouse


LAST_DAY = date(2025, 12, 31)


def small(today: date = LAST_DAY) -> World:
    """A province small enough for a test, with every kind of bad record in it."""
    return World(dossiers=900, documents=90, procedures=40, today=today, defect_share=0.03)


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
        self.pauses: list[float] = []

    @property
    def terms(self) -> Terms:
        evening = datetime.combine(self.day, time(20), LOCAL)
        return Terms(home=self.home, clock=lambda: evening)

    def client(self, source: str, name: str, budget: RetryBudget) -> HttpClient:
        return HttpClient(
            self.environment[name], source=source, budget=budget, sleep=self.pauses.append, timeout=(2, 5)
        )

    def sources(self) -> dict[str, Any]:
        """The connectors as pipelines/resources.py makes them, except that no time passes while they wait."""
        own = self.environment
        budgets = {name: RetryBudget(attempts=self.attempts) for name in ("portal", "axis", "tthc", "tthc_public")}
        sign_on = Keycloak(
            self.client("portal", "PORTAL_SSO_URL", budgets["portal"]),
            own["PORTAL_CLIENT_ID"],
            own["PORTAL_CLIENT_SECRET"],
        )
        return {
            "portal": Portal(
                self.client("portal", "PORTAL_URL", budgets["portal"]),
                sign_on,
                Pseudonymiser(own["PSEUDONYM_KEY"].encode()),
                page_size=self.page_size,
            ),
            "axis": Axis(self.client("axis", "AXIS_URL", budgets["axis"]), own["AXIS_SYSTEM_ID"], own["AXIS_SECRET"]),
            "tthc": NationalDatabase(
                self.client("tthc", "TTHC_URL", budgets["tthc"]),
                own["TTHC_USERNAME"],
                own["TTHC_PASSWORD"],
                own["TTHC_UNIT_CODE"],
                own["TTHC_DSTCODE"],
            ),
            "gateway": PublicGateway(self.client("tthc_public", "TTHC_PUBLIC_URL", budgets["tthc_public"])),
            "registers": self.registers(),
        }

    def registers(self) -> Registers | None:
        if "REGISTERS_DIR" not in self.environment:
            return None
        key = self.environment["PSEUDONYM_KEY"].encode()
        return Registers(Path(self.environment["REGISTERS_DIR"]), Pseudonymiser(key))

    def open(self) -> Warehouse:
        return Warehouse(self.home / "warehouse.duckdb", clock=self.terms.clock)

    def night(
        self, job: str = "daily", closing_date: date | None = None, config: dict[str, Any] | None = None
    ) -> dg.ExecuteInProcessResult:
        """One run of a job, from the sources to the publication; reports of units belong to no day of their own."""
        closing = closing_date or self.day
        day = None if job == "reports" else closing.isoformat()
        run_id = str(uuid4())
        with self.open() as warehouse:
            warehouse.start_run(run_id, closing)
            definitions = build_definitions({"terms": self.terms, "warehouse": warehouse, **self.sources()})
            return definitions.resolve_job_def(job).execute_in_process(
                run_id=run_id, partition_key=day, raise_on_error=False, run_config=config
            )

    def read(self) -> dg.ExecuteInProcessResult:
        """Only the sources: everything in raw, nothing built."""
        with self.open() as warehouse:
            definitions = build_definitions({"terms": self.terms, "warehouse": warehouse, **self.sources()})
            assets = [asset for asset in definitions.assets or [] if isinstance(asset, dg.AssetsDefinition)]
            selection = dg.AssetSelection.groups("raw")
            return dg.materialize(
                assets,
                selection=selection,
                resources={"terms": self.terms, "warehouse": warehouse, **self.sources()},
                raise_on_error=False,
            )

    def raw(self) -> dict[str, str]:
        """Raw table → hash of what it knows: keys, versions, contents; not when a run happened to see it."""
        with self.open() as warehouse:
            tables = warehouse.query(
                "select table_name from duckdb_tables() where schema_name = 'raw' order by table_name"
            )
            seen = ("run_id", "first_seen_at", "last_seen_at", "withdrawn_at")
            return {table: warehouse.table_hash(f"raw.{table}", without=seen) for (table,) in tables}

    def manifest(self) -> dict[str, Any]:
        """The manifest beside the newest published version."""
        path = (self.home / "published" / "mtcl.duckdb").resolve().with_suffix(".json")
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found

    def hashes(self) -> dict[str, str]:
        """Published table → content hash."""
        return {table: facts["content_hash"] for table, facts in self.manifest()["tables"].items()}


def failures(result: dg.ExecuteInProcessResult) -> dict[str, str]:
    """Step → what it told the officer."""
    return {
        str(event.step_key): str(event.step_failure_data.user_failure_data.description)
        for event in result.all_events
        if event.is_step_failure and event.step_failure_data.user_failure_data
    }
