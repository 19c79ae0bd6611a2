"""What is dear to find out, found out at most once in so many seconds, however many pages ask."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar


T = TypeVar("T")


class Kept(Generic[T]):
    """`find` is asked by one thread at a time; `clock` tells seconds. An error is not kept."""

    def __init__(self, find: Callable[[], T], seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self.find = find
        self.seconds = seconds
        self.clock = clock
        self.lock = Lock()
        self.found: tuple[float, T] | None = None

    def __call__(self, anew: bool = False) -> T:
        """`anew`: whatever is kept, since the asker has just changed it."""
        with self.lock:
            if self.found is None or anew or self.clock() - self.found[0] >= self.seconds:
                self.found = (self.clock(), self.find())
            return self.found[1]
