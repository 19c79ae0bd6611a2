"""Questions to a published version: opened read-only for each and closed again, so nobody is in the way of anybody."""

from pathlib import Path
from typing import Any

import duckdb


Row = dict[str, Any]


class NothingPublished(Exception):
    """There is no published version yet."""


def ask(path: Path, sql: str, **values: object) -> list[Row]:
    """The rows of a query with `$name` parameters. Raises NothingPublished."""
    if not path.exists():
        raise NothingPublished("Chưa có bản công bố nào; hãy chạy `mtcl run` hoặc công việc daily trước.")
    with duckdb.connect(str(path.resolve()), read_only=True) as connection:
        found = connection.execute(sql, values or None)
        columns = [column[0] for column in found.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
