"""Which periods are closed, and which closed figures wait for a reason: told by page, status, alert and report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assets.reports.asking import Publication, Question
from assets.reports.formats import count, day


@dataclass(frozen=True)
class ClosedPeriod:
    """One closing of a period; `changes_waiting` only beside its newest one."""

    period: str
    number: int
    period_start: date
    period_end: date
    closed_on: date
    version: str
    figures: int
    reason: str | None
    changes_waiting: int
    example: str | None
    closing_date: date

    @property
    def notice(self) -> str:
        """What must be said while closed figures come out otherwise."""
        return (
            f"Kỳ {self.period} đã chốt, nay có {count(self.changes_waiting)} số tính ra khác; vẫn công bố số đã chốt. "
            f"Ví dụ: {self.example}"
        )


# What a closing does not hold: it names what is there today.
LISTS = (
    "Danh sách bản ghi chưa đạt, Biểu II.06a và so sánh các đơn vị không nằm trong số liệu đã chốt: bản công bố này"
    " tính lại theo dữ liệu đến nay. Danh sách đúng như khi chốt ở tệp của bản công bố được chốt, tệp ấy được giữ."
)
CLOSED_PERIODS = Question("closed_periods", ClosedPeriod)


def closed_periods(publication: Publication) -> list[ClosedPeriod]:
    """None in a version that cannot tell. Raises NothingPublished."""
    return publication.ask_if_held(CLOSED_PERIODS) or []


def waiting(publication: Publication) -> list[ClosedPeriod]:
    """Those of which a closed figure would change. Raises NothingPublished."""
    return [one for one in closed_periods(publication) if one.changes_waiting]


def state_told(publication: Publication, start: date, until: date) -> str:
    """Whether the figures from `start` to `until` are final. Raises NothingPublished."""
    for one in closed_periods(publication):
        if one.period_start <= start and until <= one.period_end:
            return (
                f"Số liệu của kỳ là chính thức: kỳ {one.period} chốt lần {one.number} ngày {day(one.closed_on)}, theo"
                f" bản {one.version}. {LISTS}"
            )
    return "Số liệu của kỳ là tạm tính: kỳ chưa chốt, còn có thể đổi."
