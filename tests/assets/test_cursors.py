"""The cursor of the one-stop system: not past the start of the reading, not backwards, with an overlap."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from assets.raw.cursors import position_after, since
from assets.run_settings import RunSettings


NOON = datetime(2025, 7, 1, 5, 0, tzinfo=UTC)
TERMS = RunSettings(home=Path("unused"), clock=lambda: NOON)


@pytest.mark.parametrize(
    ("before", "newest", "after"),
    [
        (None, None, None),
        (None, "2025-07-01T09:00:00.000+0700", "2025-07-01T02:00:00+00:00"),
        # Newer than ten minutes before the start: the source may still file something below it.
        (None, "2025-07-01T11:59:00.000+0700", "2025-07-01T04:50:00+00:00"),
        (None, "2026-01-01T00:00:00.000+0700", "2025-07-01T04:50:00+00:00"),
        ("2025-06-30T00:00:00+00:00", "2025-07-01T09:00:00.000+0700", "2025-07-01T02:00:00+00:00"),
        ("2025-07-01T03:00:00+00:00", "2025-07-01T09:00:00.000+0700", "2025-07-01T03:00:00+00:00"),
        ("2025-06-30T00:00:00+00:00", None, "2025-06-30T00:00:00+00:00"),
        ("2025-06-30T00:00:00+00:00", "hôm qua", "2025-06-30T00:00:00+00:00"),
    ],
)
def test_the_next_position(before: str | None, newest: str | None, after: str | None) -> None:
    assert position_after(before, TERMS)(newest) == after


def test_the_bound_is_the_start_of_the_reading_not_its_end() -> None:
    now = [NOON]
    position = position_after(None, RunSettings(home=Path("unused"), clock=lambda: now[0]))
    now[0] = datetime(2025, 7, 1, 8, 0, tzinfo=UTC)
    assert position("2025-07-01T14:30:00.000+0700") == "2025-07-01T04:50:00+00:00"


def test_reading_begins_a_day_before_the_position_and_everywhere_without_one() -> None:
    assert since("2025-07-01T02:00:00+00:00", TERMS) == datetime(2025, 6, 30, 2, 0, tzinfo=UTC)
    assert since(None, TERMS) is None
