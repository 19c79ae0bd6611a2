"""Runs whose process is gone, killed or with the machine: nothing else frees their place in the queue (rule 24)."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dagster as dg
from filelock import Timeout

from pipelines.settings import Settings
from warehouse.locks import lock


PROCESS_TAG = "mtcl/tien-trinh"
# A run says which process does it as it makes its resources; so long it may take to come that far.
BEGINNING = timedelta(minutes=15)
ENDED = "Tiến trình của lần chạy không còn (máy tắt hoặc bị ngắt), nên lần chạy được kết thúc. Chạy lại daily."
BUSY = (dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.CANCELING)


def own_process() -> str:
    """A name that no other process has, not even one with the same number or after the machine has started anew."""
    return process(os.getpid()) or str(os.getpid())


def process(number: int) -> str | None:
    """None: there is no such process."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        # After the command in brackets, which may hold anything: state first, the start in ticks as the 20th.
        started = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if started[0] == "Z" else f"{number} {started[19]} {boot}"


def is_orphan(record: dg.RunRecord, settings: Settings) -> bool:
    run = record.dagster_run
    if run.status not in BUSY:
        return False
    told = run.tags.get(PROCESS_TAG)
    if told is not None:
        return process(int(told.partition(" ")[0])) != told
    began = datetime.fromtimestamp(record.start_time, UTC) if record.start_time else record.create_timestamp
    return datetime.now(UTC) - began > BEGINNING and not is_held(settings)


def end_orphans(instance: dg.DagsterInstance, settings: Settings) -> list[str]:
    """Marks them as failed, in words; the ids of those that were."""
    found = [
        record
        for record in instance.get_run_records(dg.RunsFilter(statuses=list(BUSY)), limit=100)
        if is_orphan(record, settings)
    ]
    for record in found:
        instance.report_run_failed(record.dagster_run, ENDED)
    return [record.dagster_run.run_id for record in found]


def is_held(settings: Settings) -> bool:
    try:
        with lock(f"{settings.warehouse}.lock", timeout=0):
            return False
    except Timeout:
        return True
