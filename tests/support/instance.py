"""A Dagster instance for nights whose history nobody asks for: a third of a test night went into writing it."""

from collections.abc import Sequence
from functools import cache, cached_property
from typing import Any

import dagster as dg
from dagster._core.storage.event_log import InMemoryEventLogStorage
from dagster._core.storage.event_log.base import AssetRecord


class NoHistory(InMemoryEventLogStorage):
    """Keeps no event. What a test asks of a night stands in its result, the ledger and the published file."""

    asset_records_have_last_observation = True

    def store_event(self, event: dg.EventLogEntry) -> None:
        pass

    def fetch_materializations(self, *arguments: Any, **options: Any) -> dg.EventRecordsResult:
        """Asked for by every check of a table."""
        return dg.EventRecordsResult(records=[], cursor="", has_more=False)

    def get_materialized_partitions(self, *arguments: Any, **options: Any) -> set[str]:
        return set()

    def has_dynamic_partition(self, partitions_def_name: str, partition_key: str) -> bool:
        """Asked twice for each table; none is ever taken away."""
        asked = (partitions_def_name, partition_key)
        if asked not in self._known and super().has_dynamic_partition(*asked):
            self._known.add(asked)
        return asked in self._known

    @cached_property
    def _known(self) -> set[tuple[str, str]]:
        return set()

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[AssetRecord]:
        return []


@cache
def without_history() -> dg.DagsterInstance:
    """One for all nights of a process, so that what Dagster notes of a job's shape is noted once."""
    made = dg.DagsterInstance.ephemeral()
    made._event_storage = storage = NoHistory()
    storage.register_instance(made)
    return made
