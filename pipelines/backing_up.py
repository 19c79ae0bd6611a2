"""`mtcl backup` and `mtcl restore`: a home on another disk and back (contract §1), and the drill that proves it."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import click
from filelock import Timeout

from assets.run_settings import LOCAL
from pipelines.settings import Settings
from pipelines.surroundings import settings_of
from warehouse import access, actions, reading
from warehouse.backup.generations import Backup, NoGeneration, instant_of
from warehouse.backup.restoring import HomeNotEmpty
from warehouse.backup.restoring import restore as put_back
from warehouse.backup.store import DamagedBackup
from warehouse.backup.taking import NothingToBackUp, WrongPlace, back_up
from warehouse.database import Database, WarehouseBusy
from warehouse.rescue import NothingToBringBack
from warehouse.whole_files import put


# For whoever watches the age of the backups.
LAST = "last_backup.json"
REFUSALS = (
    NoGeneration,
    DamagedBackup,
    HomeNotEmpty,
    NothingToBackUp,
    NothingToBringBack,
    WrongPlace,
    WarehouseBusy,
    reading.NothingPublished,
)
FOLDER = click.Path(file_okay=False, path_type=Path)


def instant(context: click.Context, parameter: click.Parameter, text: str | None) -> datetime | None:
    """`2026-01-31` is the end of that day, `2026-01-31T20:00` an instant; both of Vietnam unless they say otherwise."""
    if text is None:
        return None
    try:
        if len(text) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(text), time.max, LOCAL)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text} không phải thời điểm; ví dụ 2026-01-31 hoặc 2026-01-31T20:00.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)


@click.command(
    help="Sao lưu kho dữ liệu, các bản công bố, biên bản và sổ vào một thư mục (đĩa khác, máy khác đã gắn vào). Chỉ "
    "phần thay đổi được chép; bản sao được đọc lại, mở thử rồi mới tính là có. Mã kết thúc: 0 đã sao lưu, 1 không."
)
@click.option("--to", required=True, type=FOLDER, help="Thư mục chứa các bản sao lưu.")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
def backup(to: Path, as_json: bool) -> None:
    settings, started = settings_of(dict(os.environ)), perf_counter()
    with refused():
        taken = back_up(warehouse_of(settings), to.absolute(), datetime.now(UTC), said, settings.registers)
        facts = {**asdict(taken), "to": str(to.absolute()), "duration_s": round(perf_counter() - started, 2)}
        made = facts | {"made_at": instant_of(taken.name).isoformat()}
        put(settings.run.home / LAST, json.dumps(made, ensure_ascii=False).encode(), access.PUBLIC_FILE)
        actions.record(settings.run.home, "backed_up", generation=taken.name)
    click.echo(
        json.dumps(facts, ensure_ascii=False)
        if as_json
        else f"Đã sao lưu {taken.files} tệp ({taken.bytes:,} byte, chép mới {taken.written:,} byte) thành bản "
        f"{taken.name}, đã đọc lại và mở thử; {facts['duration_s']} giây."
    )


@click.command(
    help="Lấy lại từ bản sao lưu: bản mới nhất, hoặc bản mới nhất đến một thời điểm. MTCL_HOME phải trống, hoặc thêm "
    "--replace (nội dung cũ được cất trong thư mục replaced-…). --drill: diễn tập ở thư mục tạm, tính lại bản công bố "
    "mới nhất rồi so từng bảng; không đụng đến MTCL_HOME. Mã kết thúc: 0 xong, 1 không được."
)
@click.option("--from", "source", required=True, type=FOLDER, help="Thư mục chứa các bản sao lưu.")
@click.option("--at", callback=instant, help="Thời điểm, ví dụ 2026-01-31 hoặc 2026-01-31T20:00.")
@click.option("--replace", "replaces", is_flag=True, help="Thay nội dung đang có của MTCL_HOME.")
@click.option("--drill", is_flag=True, help="Diễn tập khôi phục.")
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON.")
def restore(source: Path, at: datetime | None, replaces: bool, drill: bool, as_json: bool) -> None:
    settings = settings_of(dict(os.environ))
    with refused():
        there = Backup(source.absolute())
        name = there.at(at)
        facts = drilled(settings, there, name) if drill else restored(settings, there, name, replaces)
    click.echo(json.dumps(facts, ensure_ascii=False) if as_json else told(facts))
    sys.exit(0 if facts.get("equal", True) else 1)


def restored(settings: Settings, there: Backup, name: str, replaces: bool) -> dict[str, Any]:
    started = perf_counter()
    access.make_folder(settings.run.home, access.PASSAGE)
    with warehouse_of(settings).locked():
        generation = put_back(there, name, settings.run.home, datetime.now(LOCAL), replaces)
        actions.record(settings.run.home, "restored", generation=name)
    return {
        "generation": name,
        "made_at": generation.made_at.isoformat(),
        "home": str(settings.run.home),
        "files": len(generation.files),
        "restore_s": round(perf_counter() - started, 2),
    }


def drilled(settings: Settings, there: Backup, name: str) -> dict[str, Any]:
    """The restored home computes its newest publication again and compares every table; RPO and RTO as measured."""
    from pipelines import running

    with tempfile.TemporaryDirectory(prefix="mtcl-drill-") as scratch:
        home = Path(scratch, "home")
        own = replace(settings, run=replace(settings.run, home=home), channels=())
        facts = restored(own, there, name, replaces=False)
        started = perf_counter()
        manifest = reading.newest(own.run.published).manifest
        outcome = running.run_daily(
            own, date.fromisoformat(manifest["newest_closing_date"]), as_published=True, outputs=False
        )
    age = datetime.now(UTC) - instant_of(name)
    return facts | {
        "home": None,
        "version": manifest["version"],
        "equal": outcome.published,
        "problems": outcome.problems,
        "recompute_s": round(perf_counter() - started, 2),
        "age_s": round(age / timedelta(seconds=1)),
    }


def told(facts: dict[str, Any]) -> str:
    made = f"{datetime.fromisoformat(facts['made_at']).astimezone(LOCAL):%H:%M %d/%m/%Y}"
    if "equal" not in facts:
        return (
            f"Đã lấy lại bản sao lưu lúc {made} vào {facts['home']} ({facts['files']} tệp, {facts['restore_s']} giây). "
            "Chạy daily để đọc bù từ nguồn."
        )
    verdict = "trùng khớp từng bảng" if facts["equal"] else "KHÔNG trùng khớp: " + " ".join(facts["problems"])
    return (
        f"Diễn tập: bản sao lưu lúc {made} khôi phục trong {facts['restore_s']} giây, tính lại {facts['version']} "
        f"trong {facts['recompute_s']} giây: {verdict}."
    )


def warehouse_of(settings: Settings) -> Database:
    return Database(settings.warehouse, clock=settings.run.clock)


def said(sentence: str) -> None:
    click.echo(sentence, err=True)


@contextmanager
def refused() -> Iterator[None]:
    """What cannot be done, in one sentence."""
    try:
        yield
    except Timeout as error:
        raise click.ClickException("Một lần sao lưu khác đang ghi vào thư mục này; đợi xong rồi chạy lại.") from error
    except OSError as error:
        raise click.ClickException(f"Không đọc hoặc không ghi được: {error}") from error
    except REFUSALS as error:
        raise click.ClickException(str(error)) from error
