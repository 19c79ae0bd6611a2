"""Questions to a published version: each a `.sql` file under `questions/` and the shape of one row of its answer.

Rows have attributes, so a column of another name is found by the type checker where it is used, and by the question
itself when it is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from warehouse import reading
from warehouse.reading import TooOld


if TYPE_CHECKING:
    import pandas as pd

FOLDER = Path(__file__).parent / "questions"
R = TypeVar("R")


class WrongShape(Exception):
    """The answer has other columns than the row of its question."""


@dataclass(frozen=True)
class Question(Generic[R]):
    """`name` is its file without the ending, such as `page/months`; `row` a dataclass with a field per column."""

    name: str
    row: type[R]

    @property
    def sql(self) -> str:
        return (FOLDER / f"{self.name}.sql").read_text(encoding="utf-8")

    @property
    def parameters(self) -> set[str]:
        return set(re.findall(r"\$(\w+)", self.sql))

    @property
    def columns(self) -> set[str]:
        return {field.name for field in fields(self.row)}  # type: ignore[arg-type]  # no bound for dataclasses


@dataclass(frozen=True)
class Publication:
    """One published file, to which every question of this room goes."""

    path: Path

    def ask(self, question: Question[R], **values: object) -> list[R]:
        """The rows in their order; of `values` a question takes its own `$name` parameters. Raises NothingPublished."""
        columns, rows = reading.ask(self.path, question.sql, **bound(question, values))
        if set(columns) != question.columns:
            raise WrongShape(f"{question.name}: {sorted(set(columns) ^ question.columns)}")
        return [question.row(**dict(zip(columns, row, strict=True))) for row in rows]

    def ask_if_held(self, question: Question[R], **values: object) -> list[R] | None:
        """None where the version is older than a table that is asked for."""
        try:
            return self.ask(question, **values)
        except TooOld:
            return None

    def frame(self, question: Question[Any], **values: object) -> pd.DataFrame:
        """The same rows as a frame, for charts and workbooks. Raises NothingPublished."""
        return reading.frame(self.path, question.sql, **bound(question, values))


def bound(question: Question[Any], values: dict[str, object]) -> dict[str, object]:
    return {name: values[name] for name in question.parameters}
