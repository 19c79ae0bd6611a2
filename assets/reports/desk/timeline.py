"""The life of a dossier as one line: accepted, paused, due, done; places in hundredths of its whole length."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from assets.reports.explanation.facts import Explanation
from assets.reports.formats import moment


@dataclass(frozen=True)
class Mark:
    place: float
    label: str


@dataclass(frozen=True)
class Stretch:
    """`kind`: `late` after the due date, `paused` where a pause extends the due date, `unmoved` where it does not."""

    start: float
    width: float
    kind: str
    label: str


@dataclass(frozen=True)
class Timeline:
    marks: list[Mark]
    stretches: list[Stretch]


def timeline(found: Explanation) -> Timeline | None:
    """None for what was never accepted or is set aside."""
    clock = found.clock
    if clock is None:
        return None
    end = clock.finished_at or datetime.combine(found.closing_date, time(23, 59))
    first, last = clock.accepted_at, max(end, clock.due_on_effective, clock.accepted_at + timedelta(days=1))

    def place(at: datetime) -> float:
        return round(100 * min(max((at - first) / (last - first), 0.0), 1.0), 2)

    def stretch(start: datetime, until: datetime, kind: str, told: str) -> Stretch:
        label = f"{told} từ {moment(start)} đến {moment(until)}"
        return Stretch(place(start), round(place(until) - place(start), 2), kind, label)

    late = [stretch(clock.due_on_effective, end, "late", "Quá hạn")] if end > clock.due_on_effective else []
    stretches = late + [
        stretch(
            pause.started_at,
            pause.ended_at or end,
            "paused" if pause.extends_due else "unmoved",
            "Tạm dừng" if pause.extends_due else "Tạm dừng không được tính",
        )
        for pause in found.pauses
    ]
    marks = [
        Mark(0.0, f"Tiếp nhận {moment(clock.accepted_at)}"),
        Mark(place(clock.due_on_effective), f"Hạn tính {moment(clock.due_on_effective)}"),
        Mark(place(end), f"Xong {moment(end)}" if clock.finished_at else f"Chưa xong đến {moment(end)}"),
    ]
    return Timeline(marks, stretches)
