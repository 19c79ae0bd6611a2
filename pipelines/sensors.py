"""What nobody has to start: a saved register starts a run, and whoever should know is told what is broken."""

import hashlib
import json
from pathlib import Path
from typing import Any

import dagster as dg

from assets.partitions import closing_dates
from assets.raw.outcomes import told
from assets.run_settings import LOCAL
from connectors.errors import SourceError
from connectors.registers.files import files_in
from pipelines.alerts import look_and_tell
from pipelines.automation import INCIDENT_WATCH, REGISTERS_CHANGED
from pipelines.jobs import registers
from pipelines.orphans import end_orphans
from pipelines.resources import settings_from_environment
from pipelines.settings import Settings, SettingsError
from pipelines.switches import note_switches


CHANGING = "Có tệp sổ vừa thay đổi; đợi tệp được lưu xong."


@dg.sensor(
    name=REGISTERS_CHANGED,
    job=registers,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Theo dõi thư mục REGISTERS_DIR: có tệp sổ mới hoặc vừa sửa thì đọc lại sổ, tính và công bố.",
)
def registers_changed(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    try:
        settings = settings_from_environment()
    except SettingsError as error:
        return dg.SkipReason(str(error))
    if settings.registers is None:
        return dg.SkipReason("Chưa khai báo REGISTERS_DIR nên không có thư mục nào để theo dõi.")
    try:
        seen = fingerprint(settings.registers)
    except SourceError as error:
        return dg.SkipReason(told(error))
    except FileNotFoundError:
        return dg.SkipReason(CHANGING)
    if seen is None:
        return dg.SkipReason("Thư mục sổ chưa có tệp nào.")
    return decide(context.cursor, seen, settings)


def decide(cursor: str | None, seen: str, settings: Settings) -> dg.SensorResult:
    """Two looks that agree make a change worth a run; the cursor holds the last look, the last run and its number."""
    before: dict[str, Any] = json.loads(cursor) if cursor else {"looked": None, "ran": None, "runs": 0}
    now = before | {"looked": seen}
    if seen == before["ran"]:
        return dg.SensorResult(skip_reason="Các tệp sổ không đổi kể từ lần đọc trước.", cursor=json.dumps(now))
    if seen != before["looked"]:
        return dg.SensorResult(skip_reason=CHANGING, cursor=json.dumps(now))
    day = settings.run.clock().astimezone(LOCAL).date().isoformat()
    # Numbered, since a file that is put back as it was is another change, and a key that was used starts nothing.
    runs = before["runs"] + 1
    return dg.SensorResult(
        run_requests=[dg.RunRequest(run_key=f"{seen}/{runs}", partition_key=day)],
        dynamic_partitions_requests=[closing_dates.build_add_request([day])],
        cursor=json.dumps({"looked": seen, "ran": seen, "runs": runs}),
    )


def fingerprint(folder: Path) -> str | None:
    """Names, sizes and times of the files; None when there are none. Raises SourceUnavailable, FileNotFoundError."""
    facts = [(path.relative_to(folder).as_posix(), path.stat()) for path in files_in(folder)]
    text = "\n".join(f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in facts)
    return hashlib.sha256(text.encode()).hexdigest()[:24] if facts else None


@dg.sensor(
    name=INCIDENT_WATCH,
    minimum_interval_seconds=60,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="Xem có gì hỏng: lần chạy lỗi, số liệu cũ, nguồn im lặng, lịch lỗi; mỗi nguyên nhân báo một lần.",
)
def incident_watch(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Starts nothing; its skip reason is the standing list."""
    try:
        settings = settings_from_environment()
    except SettingsError as error:
        return dg.SkipReason(str(error))
    end_orphans(context.instance, settings)
    context.update_cursor(
        json.dumps(note_switches(settings.run.home, context.instance, json.loads(context.cursor or "[]")))
    )
    found = look_and_tell(settings, context.instance, context.log.warning)
    return dg.SkipReason("; ".join(entry.title for entry in found) or "Không có gì hỏng.")
