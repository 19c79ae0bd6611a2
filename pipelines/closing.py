"""Closing a period from the command line: the ledger first, then the minutes, which a second call makes up for."""

from collections.abc import Callable
from pathlib import Path

from assets.privacy import WORDS
from assets.reports.statements.closing_minutes import name_of
from assets.reports.statements.files import write_minutes
from pipelines.settings import Settings
from pipelines.status import FAILED, NEVER, status
from warehouse import actions, closing
from warehouse.closed_periods import Closing, ClosingRefused, Span
from warehouse.opening import open_warehouse
from warehouse.reading import Published, manifest_of, read_manifest


def close_period(settings: Settings, period: str, reason: str | None, say: Callable[[str], None]) -> list[Path]:
    """The minutes of the closing, in a folder that is never emptied. Raises ClosingRefused."""
    span = Span.read(period)
    code = status(settings).code
    if code == NEVER:
        raise ClosingRefused("Chưa có bản công bố nào để chốt; hãy chạy công việc daily trước.")
    if code == FAILED:
        raise ClosingRefused("Lần chạy gần nhất không công bố được; xử lý rồi chạy lại daily trước khi chốt.")
    published = settings.run.published
    with open_warehouse(settings.warehouse, clock=settings.run.clock, tell=say) as database:
        before = closing.closings(database, span.period)
        for file in [path for one in before for path in written(settings, one)]:
            say(f"Đã lập lại biên bản còn thiếu: {file}")
        done = closing.close(database, published, span.period, reason, WORDS)
    actions.record(
        settings.run.home, "closed", period=done.period, number=done.number, version=done.version, reason=done.reason
    )
    say(
        f"Đã chốt kỳ {done.period} lần {done.number}: {done.figures} dòng số liệu theo bản {done.version}. "
        "Bản công bố của lần chạy sau ghi các số này là chính thức."
    )
    return written(settings, done)


def written(settings: Settings, done: Closing) -> list[Path]:
    """The files of the minutes that are not there yet, as long as the publication is kept."""
    folder, version = settings.run.home / "closings", settings.run.published / f"{done.version}.duckdb"
    if (folder / f"{name_of(done)}.html").exists() or not manifest_of(version).exists():
        return []
    return write_minutes(Published(done.version, version, read_manifest(version)), done, folder)
