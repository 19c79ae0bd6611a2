"""How long and how often a source is asked again in one run."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field


# Fifty answers earn one attempt back, so that thousands of requests survive what ten could not.
EARNED = 0.02
LATER = "Số liệu đã công bố vẫn giữ nguyên; chạy lại sau, và hỏi đơn vị quản lý nguồn vì sao chậm."


@dataclass
class RunDeadline:
    """Until when a whole run may ask: a run that has begun late, or stands still, must not hold the next night."""

    hours: float
    monotonic: Callable[[], float] = time.monotonic
    began_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.monotonic()

    @property
    def seconds_left(self) -> float:
        return self.began_at + self.hours * 3600 - self.monotonic()


@dataclass
class RetryBudget:
    """How much patience one source gets in one run, shared by every client that asks it.

    `deadline_seconds`: of the source, from when it is connected on; whatever is asked later is not asked any more.
    """

    attempts: int = 30
    seconds: float = 900.0
    deadline_seconds: float = 6 * 3600.0
    run: RunDeadline | None = None
    monotonic: Callable[[], float] = time.monotonic
    spent_attempts: float = field(default=0.0, init=False)
    spent_seconds: float = field(default=0.0, init=False)
    began_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.monotonic()

    def allows(self, pause: float) -> bool:
        """Whether there is an attempt left, and whether anybody would still be there after the pause."""
        is_left = self.spent_attempts < self.attempts and self.spent_seconds + pause <= self.seconds
        return is_left and (self.run is None or pause < self.run.seconds_left)

    def spend(self, pause: float) -> None:
        self.spent_attempts += 1
        self.spent_seconds += pause

    def earn(self) -> None:
        self.spent_attempts = max(0.0, self.spent_attempts - EARNED)

    @property
    def over(self) -> str | None:
        """Whose time is over, in the officer's words."""
        if self.run is not None and self.run.seconds_left <= 0:
            return f"cả lần chạy đã quá {self.run.hours:g} giờ (RUN_DEADLINE)"
        if self.monotonic() - self.began_at > self.deadline_seconds:
            return "đã hết thời gian dành cho nguồn này"
        return None
