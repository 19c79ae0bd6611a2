"""A report asked for by hand: any unit, any published period, into any folder."""

from __future__ import annotations

from pathlib import Path

from assets import reporting
from assets.reporting import content, shelf
from assets.reporting.content import UnknownUnit
from assets.reporting.documents import TEMPLATE
from assets.reporting.periods import UnknownPeriod
from assets.run_settings import RunSettings
from warehouse.publishing import latest
from warehouse.reading import NothingPublished


__all__ = ["UnknownPeriod", "UnknownUnit", "write_report"]


def write_report(
    run_settings: RunSettings, output: Path, period: str, unit: str | None, writes_template: bool
) -> tuple[list[Path], str | None]:
    """The files, and a warning where the office's own template was left aside.

    Raises NothingPublished, UnknownPeriod, UnknownUnit.
    """
    published = latest(run_settings.published)
    if published is None:
        raise NothingPublished("Chưa có bản công bố nào; hãy chạy `mtcl run` hoặc công việc daily trước.")
    told = content.report(published, period, unit)
    name = reporting.name_of_files(unit, period)
    files, warning = reporting.made(told, reporting.own_template(run_settings.home), name)
    shelf.write(output, files)
    if writes_template:
        from assets.reporting.template import default

        (output / TEMPLATE).write_bytes(default())
    written = [output / file for file in files]
    return [*written, output / TEMPLATE] if writes_template else written, warning
