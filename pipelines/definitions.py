"""The code location: everything that exists, over any resources; of many organisations, a night of each."""

import os
from collections.abc import Mapping

import dagster as dg

import assets
from assets.columns import explained
from assets.freshness import kept_fresh
from assets.lake import lake
from assets.ownership import owned
from pipelines import nights, organisation_nights, organisations
from pipelines.jobs import axis_watch, daily, maintenance, publish, recompute, registers, reports, reread
from pipelines.resources import resources, settings_from_environment
from pipelines.schedules import axis_watch_every_5_minutes, daily_0130, maintenance_weekly
from pipelines.sensors import incident_watch, registers_changed
from pipelines.settings import SettingsError, home


def described(spec: dg.AssetSpec) -> dg.AssetSpec:
    return kept_fresh(owned(explained(spec)))


def build_definitions(
    objects: Mapping[str, object],
    loggers: Mapping[str, dg.LoggerDefinition] | None = None,
    has_lake: bool = False,
) -> dg.Definitions:
    """The real resources below, those of a test in a test; `has_lake`: a shared store is set."""
    found = dg.load_assets_from_package_module(assets)
    return dg.Definitions(
        assets=[
            asset.map_asset_specs(described)
            for asset in found
            if isinstance(asset, dg.AssetsDefinition) and (has_lake or not asset.keys & lake.keys)
        ],
        jobs=[daily, reread, registers, recompute, publish, reports, maintenance, axis_watch],
        schedules=[daily_0130, axis_watch_every_5_minutes, maintenance_weekly],
        sensors=[registers_changed, incident_watch],
        resources=objects,
        loggers=loggers,
        executor=dg.in_process_executor,  # DuckDB allows one writing process
    )


@dg.definitions
def defs() -> dg.Definitions:
    """What Dagster's processes load; who brings resources of his own does not pay for these."""
    if codes := organisations.codes(home(os.environ)):
        return organisation_nights.build_definitions(codes, lambda code, day: nights.of(os.environ, code, day))
    return build_definitions(resources(), has_lake=has_lake())


def has_lake() -> bool:
    """What is wrong with the settings is told by the run."""
    try:
        return settings_from_environment().run.store is not None
    except SettingsError:
        return False
