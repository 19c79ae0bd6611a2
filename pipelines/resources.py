"""Plain objects for the assets, made of the environment when a run begins. The only reader of the environment."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import dagster as dg

from assets.partitions import PARTITION_TAG, closing_date
from connectors.axis import Axis
from connectors.http import HttpClient, RetryBudget
from connectors.keycloak import Keycloak
from connectors.portal import Portal
from connectors.records import Pseudonymiser
from connectors.registers.folder import Registers
from connectors.tthc import NationalDatabase
from connectors.tthc_public import PublicGateway
from pipelines.settings import Settings
from warehouse.database import Warehouse


def settings_from_environment() -> Settings:
    """Raises SettingsError."""
    return Settings.from_environment(os.environ)


def resources(read: Callable[[], Settings] = settings_from_environment) -> dict[str, dg.ResourceDefinition]:
    """Each is made once per run. `read` judges all settings, so a wrong one stops the run before its first step."""
    return {
        "terms": dg.ResourceDefinition(lambda context: read().terms),
        "warehouse": dg.ResourceDefinition(lambda context: open_warehouse(read(), context)),
        "portal": dg.ResourceDefinition(lambda context: portal(read())),
        "axis": dg.ResourceDefinition(lambda context: axis(read())),
        "tthc": dg.ResourceDefinition(lambda context: tthc(read())),
        "gateway": dg.ResourceDefinition(lambda context: gateway(read())),
        "registers": dg.ResourceDefinition(lambda context: registers(read())),
    }


def open_warehouse(settings: Settings, context: dg.InitResourceContext) -> Iterator[Warehouse]:
    """Open for one run: the run stands in the ledger from its beginning to its end, whatever happens between."""
    # The write-ahead log and whatever else a run makes; what others may read is opened to them by name.
    os.umask(0o077)
    run = context.run
    run_id = run.run_id if run else ""
    partition = run.tags.get(PARTITION_TAG) if run else None
    with Warehouse(settings.warehouse, clock=settings.terms.clock) as warehouse:
        if warehouse.rescued and context.log:
            context.log.warning(warehouse.rescued)
        warehouse.start_run(run_id, closing_date(partition, settings.terms))
        try:
            yield warehouse
        finally:
            close_run(warehouse, run_id, failures(context, run_id))


def close_run(warehouse: Warehouse, run_id: str, failed_steps: list[str]) -> None:
    """A run that has not published ends here: with what failed, or as finished."""
    running = warehouse.query("select 1 from ledger.runs where run_id = $1 and outcome = 'running'", [run_id])
    if running:
        outcome = "failed" if failed_steps else "finished"
        warehouse.end_run(run_id, outcome, reason=", ".join(failed_steps) or None)


def failures(context: dg.InitResourceContext, run_id: str) -> list[str]:
    """The steps that failed, from Dagster's own log."""
    if context.instance is None:
        return []
    entries = context.instance.all_logs(run_id, of_type=dg.DagsterEventType.STEP_FAILURE)
    return [entry.dagster_event.step_key or "" for entry in entries if entry.dagster_event]


def client(source: str, url: str, **options: Any) -> HttpClient:
    """One client with one retry budget per source and run; nothing above it tries again."""
    return HttpClient(url, source=source, budget=RetryBudget(), **options)


def portal(settings: Settings) -> Portal | None:
    own = settings.sources.get("portal")
    if own is None or settings.pseudonym_key is None:
        return None
    http = client("portal", own["PORTAL_URL"])
    sign_on = Keycloak(
        HttpClient(own["PORTAL_SSO_URL"], source="portal", budget=http.budget),
        own["PORTAL_CLIENT_ID"],
        own["PORTAL_CLIENT_SECRET"],
    )
    return Portal(http, sign_on, Pseudonymiser(settings.pseudonym_key))


def axis(settings: Settings) -> Axis | None:
    own = settings.sources.get("axis")
    if own is None:
        return None
    return Axis(client("axis", own["AXIS_URL"]), own["AXIS_SYSTEM_ID"], own["AXIS_SECRET"])


def tthc(settings: Settings) -> NationalDatabase | None:
    own = settings.sources.get("tthc")
    if own is None:
        return None
    return NationalDatabase(
        client("tthc", own["TTHC_URL"]),
        own["TTHC_USERNAME"],
        own["TTHC_PASSWORD"],
        own["TTHC_UNIT_CODE"],
        own["TTHC_DSTCODE"],
    )


def gateway(settings: Settings) -> PublicGateway | None:
    own = settings.sources.get("tthc_public")
    if own is None:
        return None
    return PublicGateway(client("tthc_public", own["TTHC_PUBLIC_URL"]))


def registers(settings: Settings) -> Registers | None:
    if settings.registers is None:
        return None
    return Registers(settings.registers, Pseudonymiser(settings.pseudonym_key) if settings.pseudonym_key else None)
