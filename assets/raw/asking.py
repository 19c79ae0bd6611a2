"""What the functions that ask for a collection are given, and what they give back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

import dagster as dg

from assets.run_settings import RunSettings
from connectors.records import Page
from warehouse.database import Database


class RequestCounts(Protocol):
    """What asking took so far."""

    @property
    def requests(self) -> int: ...
    @property
    def retries(self) -> int: ...
    @property
    def bytes(self) -> int: ...


class Connector(Protocol):
    """A source that can be asked; its client counts what that took."""

    @property
    def http(self) -> RequestCounts: ...


C = TypeVar("C", bound=Connector)


@dataclass(frozen=True)
class Asking(Generic[C]):
    """One collection of one connected source, asked in one run; `form` is what the officer filled in, if it has one."""

    connector: C
    database: Database
    settings: RunSettings
    run_id: str
    job: str
    log: dg.DagsterLogManager
    form: Any = None


@dataclass(frozen=True)
class Reading:
    """Pages to land, and how their reading ends.

    `part`: of a collection that is read in parts, the name of this one, which gets a cursor of its own.
    `complete`: as in the register, unless said otherwise. `cursor`: the position after reading, from the newest
    "updated" text seen. `among`: the keys that must have been seen, asked for after reading; None: all that are known.
    """

    pages: Iterator[Page]
    complete: bool | None = None
    may_be_empty: bool | None = None
    window: tuple[str | None, str | None] = (None, None)
    cursor_before: str | None = None
    cursor: Callable[[str | None], str | None] = lambda newest: None
    among: Callable[[], set[str]] | None = None
    part: str | None = None
