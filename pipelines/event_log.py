"""Where Dagster keeps what happened in runs: its own SQLite files, asked a quarter of a night faster.

Dagster makes a new engine of SQLAlchemy for every statement, so that each of some six thousand statements of a night is
compiled anew. dagster.yaml names this class, which keeps the engine of each file. A file whose connections stay open is
written beside itself (`-wal`), so whoever watches a run watches that too: else the page of a running run stands still.

Before each step Dagster asks for the newest materialisation of every table that the step stands on. A process that runs
steps writes those itself: what it was told of a table stays until it writes of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import dagster as dg
import sqlalchemy as sa
from dagster._core.event_api import EventHandlerFn
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._core.storage.event_log.base import AssetRecord
from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import INDEX_SHARD_NAME, SqliteEventLogStorageWatchdog
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS
from watchdog.events import FileSystemEvent
from watchdog.observers import Observer

from pipelines.log_files import FILE, JsonLines
from pipelines.sqlite_files import PARTS, set_aside_if_damaged


# The index of all runs, and the files of those that are written or looked at.
ENGINES_KEPT = 32


@lru_cache(ENGINES_KEPT)
def engine(address: str) -> sa.Engine:
    """Keeps a connection open. What is written outlives this process; a power cut may take the last lines of a log."""
    made = sa.create_engine(address, pool_size=1, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})
    sa.event.listen(made, "connect", lambda connection, _: connection.execute("pragma synchronous = normal"))
    return made


class Watchdog(SqliteEventLogStorageWatchdog):
    def __init__(self, *told: Any) -> None:
        super().__init__(*told)
        self._patterns = [self._log_path, f"{self._log_path}-wal"]

    def on_modified(self, event: FileSystemEvent) -> None:
        self._process_log()


class EventLog(SqliteEventLogStorage):
    _runs_steps = False

    @cached_property
    def _newest(self) -> defaultdict[dg.AssetKey | None, dict[str, Any]]:
        """What was answered of each asset."""
        return defaultdict(dict)

    @classmethod
    def from_config_value(cls, inst_data: Any, config_value: Mapping[str, Any]) -> "EventLog":
        return cls(inst_data=inst_data, **config_value)

    def store_event(self, event: dg.EventLogEntry) -> None:
        super().store_event(event)
        self._lines.write(event)
        if event.dagster_event:
            self._runs_steps |= event.dagster_event.is_step_start
            self._newest.pop(event.dagster_event.asset_key, None)

    def get_asset_records(self, asset_keys: Sequence[dg.AssetKey] | None = None) -> Sequence[AssetRecord]:
        if asset_keys is None or not self._runs_steps:
            return super().get_asset_records(asset_keys)
        unknown = [key for key in asset_keys if "record" not in self._newest[key]]
        found = (
            {record.asset_entry.asset_key: record for record in super().get_asset_records(unknown)} if unknown else {}
        )
        for key in unknown:
            self._newest[key]["record"] = found.get(key)
        return [record for key in asset_keys if (record := self._newest[key]["record"])]

    def get_latest_tags_by_partition(
        self, asset_key: dg.AssetKey, *asked: Any, **of: Any
    ) -> Mapping[str, Mapping[str, str]]:
        if not self._runs_steps:
            return super().get_latest_tags_by_partition(asset_key, *asked, **of)
        question = repr((asked, of))
        if question not in self._newest[asset_key]:
            self._newest[asset_key][question] = super().get_latest_tags_by_partition(asset_key, *asked, **of)
        found: Mapping[str, Mapping[str, str]] = self._newest[asset_key][question]
        return found

    def dispose(self) -> None:
        super().dispose()
        self._lines.close()
        # The last to close a file of SQLite's takes its log away; four megabytes a night stayed beside each.
        for shard in self._initialized_dbs:
            engine(self.conn_string_for_shard(shard)).dispose()

    @cached_property
    def _lines(self) -> JsonLines:
        """Beside Dagster's folder, in which this is history/runs."""
        return JsonLines(Path(self._base_dir).parents[2] / FILE)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[sa.Connection]:
        with self._db_lock:
            if shard not in self._initialized_dbs:
                set_aside_if_damaged(Path(self.path_for_shard(shard)))
            kept = engine(self.conn_string_for_shard(shard))
            if shard not in self._initialized_dbs:
                self._initdb(kept)
                self._initialized_dbs.add(shard)
            with kept.connect() as connection, connection.begin():
                yield connection

    def watch(self, run_id: str, cursor: str | None, callback: EventHandlerFn) -> None:
        """As Dagster's, which looks at the file alone."""
        observer: Any = self._obs or Observer()
        if not self._obs:
            observer.start()
            self._obs = observer
        watchdog = Watchdog(self, run_id, callback, cursor)
        self._watchers[run_id][callback] = (watchdog, observer.schedule(watchdog, self._base_dir, recursive=True))

    def delete_events(self, run_id: str) -> None:
        """Dagster empties the file of a run that it forgets and lets it lie: some megabytes a night, for ever."""
        super().delete_events(run_id)
        engine(self.conn_string_for_shard(run_id)).dispose()
        self._initialized_dbs.discard(run_id)
        self.unlink(run_id)

    def unlink(self, run_id: str) -> None:
        for ending in PARTS:
            Path(f"{self.path_for_shard(run_id)}{ending}").unlink(missing_ok=True)

    def forget_strangers(self, is_known: Callable[[str], bool]) -> int:
        """Removes the files of runs that nobody knows any more, as earlier releases left them; how many.

        And what came of their checks, which Dagster keeps for ever: a megabyte a night.
        """
        files = Path(self.path_for_shard("any")).parent.glob("*-*-*-*-*.db")
        gone = [file.stem for file in files if not is_known(file.stem)]
        for run_id in gone:
            self.unlink(run_id)
        run_id_of = AssetCheckExecutionsTable.c.run_id
        with self.index_connection() as index:
            checked = index.execute(sa.select(run_id_of).distinct()).scalars()
            strangers = [run_id for run_id in checked if not is_known(run_id)]
            for run_id in strangers:
                index.execute(AssetCheckExecutionsTable.delete().where(run_id_of == run_id))
        return len(gone)

    @cached_property
    def _tables(self) -> set[str]:
        return set()

    def has_table(self, table_name: str) -> bool:
        """Asked with every materialisation, of an engine of its own; a table that was there once stays."""
        if table_name not in self._tables:
            if INDEX_SHARD_NAME not in self._initialized_dbs:
                # An index that somebody emptied gets its tables when it is opened.
                with self.index_connection():
                    pass
            if super().has_table(table_name):
                self._tables.add(table_name)
        return table_name in self._tables
