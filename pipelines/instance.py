"""Dagster's own state under $MTCL_HOME/dagster: what the command line runs, the web page shows."""

import json
from collections.abc import Mapping
from pathlib import Path

import dagster as dg

from pipelines.organisations import codes
from pipelines.settings import NoHistory, Settings
from pipelines.sqlite_files import PARTS, set_aside_if_damaged
from warehouse import access
from warehouse.whole_files import make_way, put


CONFIGURATION = """\
# Written by mtcl; changes are overwritten.
telemetry:
  enabled: false
nux:
  enabled: false
run_monitoring:
  enabled: true
  start_timeout_seconds: 300
  poll_interval_seconds: 60
STORAGE
COORDINATOR
retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days:
      skipped: 7
      failure: 90
      success: 90
"""

ONE_ORGANISATION = """\
# DuckDB allows one writing process (design §4.6); beside it a look at the axis, which opens no warehouse.
run_coordinator:
  module: pipelines.coordinator
  class: ClosingDateCoordinator
  config:
    max_concurrent_runs: 2
    tag_concurrency_limits:
      - key: mtcl/cho
        value:
          applyLimitPerUniqueValue: true
        limit: 1
"""

# A night for each, one at a time for the same home; a worker that is killed is begun anew, elsewhere if need be.
MANY_ORGANISATIONS = """\
run_coordinator:
  module: dagster.core.run_coordinator
  class: QueuedRunCoordinator
  config:
    max_concurrent_runs: 2
    tag_concurrency_limits:
      - key: dagster/partition/to_chuc
        value:
          applyLimitPerUniqueValue: true
        limit: 1
run_retries:
  enabled: true
  max_retries: 2
  retry_on_asset_or_op_failure: false
"""

HISTORY = """\
event_log_storage:
  module: pipelines.event_log
  class: EventLog
  config:
    base_dir: PLACE
"""
# An administrator's, in Dagster's own words, where several machines share a history (deploy/dagster-storage.yaml).
OWN_STORAGE = "storage.yaml"
# The same for who launches the runs of many organisations, and how many at a time (deploy/launchers).
OWN_LAUNCHER = "launcher.yaml"
# Dagster's records of runs and schedules; what happened in the runs is looked at as it is opened (event_log.py).
KEPT = ("history/runs.db", "schedules/schedules.db")
# Files of SQLite: where a folder stands in the place of one, it would open none.
SQLITE = tuple(f".db{part}" for part in PARTS)
UNREACHABLE = (
    "Không mở được nhật ký của Dagster theo {file} ({error}): máy chủ không trả lời, sai mật khẩu, hoặc chưa cài gói "
    "của nó. Xem deploy/README.md mục 3 rồi chạy lại; bản đã công bố vẫn giữ nguyên và vẫn đọc được."
)


def prepare(home: Path) -> Path:
    """The folder with its configuration, ready for DAGSTER_HOME."""
    access.make_folder(home.parent, access.PASSAGE)
    access.make_folder(home, access.PRIVATE_FOLDER)
    for part in [path for path in home.rglob("*.db*") if path.name.endswith(SQLITE)]:
        make_way(part)
    for name in KEPT:
        set_aside_if_damaged(home / name)
    file = home / "dagster.yaml"
    own = home / OWN_STORAGE
    history = HISTORY.replace("PLACE", json.dumps(str(home / "history" / "runs")))
    storage = own.read_text(encoding="utf-8") if own.exists() else history
    configuration = CONFIGURATION.replace("STORAGE", storage.rstrip())
    configuration = configuration.replace("COORDINATOR", coordination(home).rstrip())
    if not file.is_file() or file.read_text(encoding="utf-8", errors="replace") != configuration:
        put(file, configuration.encode(), access.PRIVATE_FILE)
    return home


def coordination(home: Path) -> str:
    """Who begins runs, and how many at a time."""
    if not codes(home.parent):
        return ONE_ORGANISATION
    own = home / OWN_LAUNCHER
    return own.read_text(encoding="utf-8") if own.exists() else MANY_ORGANISATIONS


def environment(given: Mapping[str, str], settings: Settings) -> dict[str, str]:
    """What a process of Dagster's is started with: its own folder, ready, and the home."""
    return {**given, "DAGSTER_HOME": str(prepare(settings.dagster_home)), "MTCL_HOME": str(settings.run.home)}


def opened(home: Path) -> dg.DagsterInstance:
    """Raises NoHistory where the administrator's own storage does not answer, or is not installed."""
    try:
        return dg.DagsterInstance.from_config(str(prepare(home)))
    except Exception as error:
        own = home / OWN_STORAGE
        if own.exists():
            raise NoHistory(UNREACHABLE.format(file=own, error=type(error).__name__)) from error
        raise
