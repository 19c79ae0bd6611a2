"""Statements in folders, as files of three formats."""

from __future__ import annotations

from pathlib import Path

from assets.reports.paper.folder import write
from assets.reports.statements.closing_minutes import minutes, name_of
from assets.reports.statements.quality_report import NAME, quality_report
from assets.reports.statements.statement import made
from warehouse.closed_periods import Closing
from warehouse.reading import Published


def write_quality(published: Published, output: Path) -> list[Path]:
    """Raises NothingPublished."""
    return written(output, made(quality_report(published), NAME))


def write_minutes(published: Published, closing: Closing, output: Path) -> list[Path]:
    """Of the publication that was closed."""
    return written(output, made(minutes(published, closing), name_of(closing)))


def written(output: Path, files: dict[str, bytes]) -> list[Path]:
    write(output, files)
    return [output / name for name in files]
