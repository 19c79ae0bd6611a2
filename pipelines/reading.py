"""Which sources cannot be read, and since when: by the check that each of their collections gets in every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import dagster as dg
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecord as Execution
from dagster._core.storage.asset_check_execution_record import AssetCheckExecutionRecordStatus as Outcome

from assets.raw.outcomes import CLOCK_AHEAD, WAS_READ
from assets.sources import Collection, Source, collections
from pipelines.settings import Settings


ENDED = {Outcome.SUCCEEDED, Outcome.FAILED}


@dataclass(frozen=True)
class Unread:
    """A collection of a configured source whose newest reading failed."""

    source: Source
    collection: Collection
    said: str
    since: datetime


def unread(instance: dg.DagsterInstance, settings: Settings) -> list[Unread]:
    keys = {check_of(source, one): (source, one) for source, one in collections() if source.code in settings.sources}
    found = []
    for key, newest in instance.event_log_storage.get_latest_asset_check_execution_by_key(list(keys)).items():
        # While a run goes on, what the last one found still stands.
        ended = newest if newest.status in ENDED else last(instance, key, ENDED)
        if ended and ended.status == Outcome.FAILED:
            found.append(Unread(*keys[key], words(ended), datetime.fromtimestamp(ended.create_timestamp, UTC)))
    return found


def last(instance: dg.DagsterInstance, key: dg.AssetCheckKey, outcomes: set[Outcome]) -> Execution | None:
    found = instance.event_log_storage.get_asset_check_execution_history(key, limit=1, status=outcomes)
    return found[0] if found else None


def words(ended: Execution) -> str:
    event = ended.event.dagster_event if ended.event else None
    return str(event.asset_check_evaluation_data.description) if event else ""


def main_readings(instance: dg.DagsterInstance, settings: Settings) -> Iterator[tuple[Source, datetime]]:
    """When each configured source last gave what every run asks of it; none that never did."""
    for source, collection in main_collections(settings):
        read_at = last_read(instance, source, collection)
        if read_at is not None:
            yield source, read_at


def main_collections(settings: Settings) -> list[tuple[Source, Collection]]:
    """What every run asks of each configured source."""
    return [(source, one) for source, one in collections() if one.is_main and source.code in settings.sources]


def last_read(instance: dg.DagsterInstance, source: Source, collection: Collection) -> datetime | None:
    """By its newest check that passed; a home of an earlier release has landed it without a check."""
    key = check_of(source, collection)
    if passed := last(instance, key, {Outcome.SUCCEEDED}):
        return datetime.fromtimestamp(passed.create_timestamp, UTC)
    if last(instance, key, {Outcome.FAILED}):
        return None
    event = instance.get_latest_materialization_event(key.asset_key)
    return datetime.fromtimestamp(event.timestamp, UTC) if event else None


def clocks_ahead(instance: dg.DagsterInstance, settings: Settings) -> Iterator[tuple[Source, float]]:
    """By how many seconds this machine's clock was ahead of each source's at its last whole reading, where it told."""
    for source, collection in main_collections(settings):
        passed = last(instance, check_of(source, collection), {Outcome.SUCCEEDED})
        event = passed.event.dagster_event if passed and passed.event else None
        told = event.asset_check_evaluation_data.metadata.get(CLOCK_AHEAD) if event else None
        if told is not None:
            yield source, float(str(told.value))


def check_of(source: Source, collection: Collection) -> dg.AssetCheckKey:
    return dg.AssetCheckKey(dg.AssetKey(["raw", source.table(collection)]), WAS_READ)
