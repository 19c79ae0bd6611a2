"""The sources that are configured, each connected once in a run, when its first collection is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from connectors.http import HttpClient, RetryBudget


# One client per address, by the code of the source and its URL.
Client = Callable[[str, str], HttpClient]


class Connections:
    """`given`: code of a source → its settings; what is not in it is not configured."""

    def __init__(
        self,
        given: Mapping[str, Mapping[str, str]],
        client: Callable[[str, str, RetryBudget], HttpClient] | None = None,
    ) -> None:
        self._given = given
        self._client = client or polite_client
        self._open: dict[str, Any] = {}

    def connector(self, code: str) -> Any:
        """None where the source is not configured. One retry budget per source and run; nothing above tries again."""
        if code not in self._given:
            return None
        if code not in self._open:
            budget = RetryBudget()
            connect = module_of(code).connect
            self._open[code] = connect(self._given[code], lambda source, url: self._client(source, url, budget))
        return self._open[code]


def module_of(code: str) -> ModuleType:
    """Where a source's `connect` and the questions for its collections stand."""
    return import_module(f"assets.raw.{code}")


def polite_client(source: str, url: str, budget: RetryBudget) -> HttpClient:
    return HttpClient(url, source=source, budget=budget)
