"""How long and how often a source is asked again in one run, and how fast it lets itself be asked."""

import math
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


# Fifty answers earn one attempt back, so that thousands of requests survive what ten could not.
EARNED = 0.02
SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")
FIRST_PAUSE, LONGEST_PAUSE, LONGEST_OF_A_WINDOW = 1.0, 8.0, 60.0
# A source that says it is asked too often: at first so far apart, then half as far again each time, and no further.
FIRST_SPACING, WIDER, WIDEST = 0.1, 1.5, 2.0
# After so many answers in a row it is tried whether it may be a little faster.
ANSWERS_BEFORE_FASTER, CLOSER = 50, 0.95
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
    `in_a_row`: how often one request is tried.
    """

    attempts: int = 30
    in_a_row: int = 8
    seconds: float = 900.0
    longest_pause: float = LONGEST_PAUSE
    deadline_seconds: float = 6 * 3600.0
    run: RunDeadline | None = None
    monotonic: Callable[[], float] = time.monotonic
    spent_attempts: float = field(default=0.0, init=False)
    spent_seconds: float = field(default=0.0, init=False)
    waited_seconds: float = field(default=0.0, init=False)
    began_at: float = field(init=False)

    def __post_init__(self) -> None:
        self.began_at = self.monotonic()

    def allows(self, pause: float, is_asked_for: bool = False) -> bool:
        """Whether to ask once more after a pause; one that the source itself asks for is bounded by the deadline."""
        has_time = self.has_time_for(pause) if is_asked_for else self.spent_seconds + pause <= self.seconds
        return self.spent_attempts < self.attempts and has_time and self.outlives(pause)

    def allows_being_held_back(self, pause: float, held_back: float, is_asked_for: bool) -> bool:
        """Whether to wait until a source that is asked too often answers again: that is no failure of it.

        `held_back`: seconds that this request has waited already; bounded where the source does not say how long.
        """
        is_bounded = is_asked_for or held_back + pause <= self.seconds
        return self.attempts > 0 and is_bounded and self.has_time_for(pause) and self.outlives(pause)

    def outlives(self, pause: float) -> bool:
        """Whether the run would still be there after the pause."""
        return self.run is None or pause < self.run.seconds_left

    def pause(self, attempt: int, asked: float | None) -> float | None:
        """Seconds to wait after a failure, spent; None: not another time. `asked`: what the source itself asks for."""
        pause = growing(attempt, self.longest_pause) if asked is None else asked
        if not self.allows(pause, asked is not None):
            return None
        self.spend(pause)
        return pause

    def spend(self, pause: float) -> None:
        self.spent_attempts += 1
        self.spent_seconds += pause

    def wait(self, pause: float) -> None:
        self.waited_seconds += pause

    def earn(self) -> None:
        self.spent_attempts = max(0.0, self.spent_attempts - EARNED)

    def has_time_for(self, pause: float) -> bool:
        passed = max(self.monotonic() - self.began_at, self.waited_seconds)
        return passed + pause <= self.deadline_seconds

    @property
    def over(self) -> str | None:
        """Whose time is over, in the officer's words."""
        if self.run is not None and self.run.seconds_left <= 0:
            return f"cả lần chạy đã quá {self.run.hours:g} giờ (RUN_DEADLINE)"
        if not self.has_time_for(0.0):
            return "đã hết thời gian dành cho nguồn này"
        return None


def seconds_asked(text: str | None, now: datetime) -> float | None:
    """Of a Retry-After; a date is counted from now. None where it is neither."""
    asked = (text or "").strip()
    if SECONDS.fullmatch(asked):
        return float(asked)
    try:
        moment = parsedate_to_datetime(asked)
    except (TypeError, ValueError):
        return None
    # A date of "-0000" names no zone; HTTP dates are in UTC.
    until = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    return max(0.0, (until - now).total_seconds())


def growing(attempt: int, longest: float = LONGEST_PAUSE) -> float:
    return min(FIRST_PAUSE * 2.0 ** min(attempt - 1, 10), longest)


def patience_of(seconds: float | None, run: RunDeadline | None) -> RetryBudget:
    """A window that somebody has set (S_RETRY_MINUTES) counts by time alone, with pauses of up to a minute in it."""
    if seconds is None:
        return RetryBudget(run=run)
    most = math.ceil(seconds / FIRST_PAUSE)
    return RetryBudget(attempts=most, in_a_row=most + 1, seconds=seconds, longest_pause=LONGEST_OF_A_WINDOW, run=run)


@dataclass
class HeldBack:
    """How often, and for how many seconds, one request was told that it comes too soon (429)."""

    times: int = 0
    seconds: float = 0.0

    def pause(self, budget: RetryBudget, asked: float | None) -> float | None:
        """Seconds to leave the source alone; None: it is left alone for good."""
        self.times += 1
        pause = growing(self.times) if asked is None else asked
        # Whoever is told "0" again and again waits longer of himself.
        pause = max(pause, growing(self.times)) if self.times > 1 else pause
        if not budget.allows_being_held_back(pause, self.seconds, asked is not None):
            return None
        self.seconds += pause
        return pause


@dataclass
class Spacing:
    """Seconds between two requests: `least` by its settings, and what the source has taught by refusing (429)."""

    least: float = 0.0
    learned: float = field(default=0.0, init=False)
    _answers: int = field(default=0, init=False)

    @property
    def seconds(self) -> float:
        return max(self.least, self.learned)

    def refused(self) -> None:
        self.learned = min(max(self.seconds * WIDER, FIRST_SPACING), max(WIDEST, self.least))
        self._answers = 0

    def answered(self) -> None:
        self._answers += 1
        if self._answers % ANSWERS_BEFORE_FASTER == 0:
            self.learned *= CLOSER
