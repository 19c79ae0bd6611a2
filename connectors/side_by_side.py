"""Several questions under way at once, for a source that permits it (S_CONNECTIONS)."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar


T = TypeVar("T")


def at_once(connections: int, questions: Sequence[Callable[[], T]]) -> list[T]:
    """The answers in the order of their questions; the first that fails ends them all."""
    if connections == 1:
        return [ask() for ask in questions]
    with ThreadPoolExecutor(connections) as pool:
        asked = [pool.submit(ask) for ask in questions]
        try:
            return [one.result() for one in asked]
        finally:
            pool.shutdown(cancel_futures=True)
