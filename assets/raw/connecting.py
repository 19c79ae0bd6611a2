"""The sources that are configured, each connected once in a run, when its first collection is asked for."""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from connectors.http import HttpClient
from connectors.patience import RetryBudget, RunDeadline, patience_of
from connectors.transport import Transport
from connectors.transport_settings import retry_seconds, transport


# One client per address, by what its settings begin with and its URL.
Client = Callable[[str, str], HttpClient]
# What a probe asks of a source, and how; the answer says what came.
Question = tuple[str, Callable[[], str]]


class Connections:
    """`given`: code of a source → its settings; what is not in it is not configured. `deadline`: of the whole run."""

    def __init__(
        self,
        given: Mapping[str, Mapping[str, str]],
        client: Callable[[str, str, RetryBudget, Transport], HttpClient] | None = None,
        deadline: RunDeadline | None = None,
    ) -> None:
        self._given = given
        self._client = client or polite_client
        self._deadline = deadline
        self._open: dict[str, Any] = {}

    def connector(self, code: str) -> Any:
        """None where the source is not configured. One retry budget per source and run; nothing above tries again."""
        if code not in self._given:
            return None
        if code not in self._open:
            given = self._given[code]
            budget = patience_of(retry_seconds(given), self._deadline)

            def client(wire: str, url: str) -> HttpClient:
                return self._client(code, url, budget, transport(wire, given))

            self._open[code] = module_of(code).connect(given, client)
        return self._open[code]


def module_of(code: str) -> ModuleType:
    """Where a source's `connect` and the questions for its collections stand."""
    return import_module(f"assets.raw.{code}")


def polite_client(source: str, url: str, budget: RetryBudget, how: Transport) -> HttpClient:
    return HttpClient(url, source=source, budget=budget, transport=how)
