"""How long and how often a source is asked again in one run."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


# Fifty answers earn one attempt back, so that thousands of requests survive what ten could not.
EARNED = 0.02


@dataclass
class RetryBudget:
    """How much patience one source gets in one run, shared by every client that asks it.

    `deadline_seconds`: of the source, from when it is connected on; whatever is asked later is not asked any more.
    """

    attempts: int = 30
    seconds: float = 900.0
    deadline_seconds: float = 6 * 3600.0
    monotonic: Callable[[], float] = time.monotonic
    spent_attempts: float = field(default=0.0, init=False)
    spent_seconds: float = field(default=0.0, init=False)
    began_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.monotonic()

    def allows(self, pause: float) -> bool:
        return self.spent_attempts < self.attempts and self.spent_seconds + pause <= self.seconds

    def spend(self, pause: float) -> None:
        self.spent_attempts += 1
        self.spent_seconds += pause

    def earn(self) -> None:
        self.spent_attempts = max(0.0, self.spent_attempts - EARNED)

    @property
    def is_over(self) -> bool:
        return self.monotonic() - self.began_at > self.deadline_seconds
