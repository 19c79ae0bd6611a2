"""The two shapes every façade speaks, free of any HTTP server: what was asked, what is answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol


class Headers(dict[str, str]):
    """Header fields by name, in any letter case; `written` has them as they came: some clients send a name twice."""

    def __init__(self, fields: Mapping[str, str] | None = None) -> None:
        self.written = dict(fields or {})
        super().__init__({name.lower(): value for name, value in self.written.items()})

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and super().__contains__(name.lower())

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override]  # one type, always text
        return super().get(name.lower(), default)


@dataclass(frozen=True)
class Request:
    """One HTTP request as a façade sees it; `path` carries neither query nor host."""

    method: str
    path: str
    query: dict[str, list[str]] = field(default_factory=dict)
    headers: Headers = field(default_factory=Headers)
    body: bytes = b""

    def first(self, name: str, default: str = "") -> str:
        """The first value of a query parameter."""
        return (self.query.get(name) or [default])[0]


@dataclass(frozen=True)
class Response:
    """One HTTP answer, ready to be written."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


class Facade(Protocol):
    """One imitated system."""

    def handle(self, request: Request) -> Response: ...
