"""Time that passes by being slept through, so that a test of patience takes none."""


class Time:
    """A monotonic clock; it moves a little with every look at it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds
