"""The clock on trial after a first load: how many appointments already contain their pause, and what hangs on it.

Read before the first figure is signed (domain §13.2): each row is a kind of dossier, each paragraph a way to read it.
"""

from __future__ import annotations

from dataclasses import dataclass

from rich.table import Table

from assets.reports.asking import Publication, Question
from assets.reports.formats import NOTHING, count, share
from warehouse import dictionary


@dataclass(frozen=True)
class Calibration:
    """Dossiers of one unit scope and kind; `settled` and what is in time of it, since the beginning of the year."""

    unit_code: str
    pause_state: str
    due_mark: str | None
    dossiers: int
    share: float
    settled: int
    in_time: int
    in_time_if_added: int
    in_time_if_not_added: int
    in_time_at_latest: int
    examples: str


CALIBRATION = Question("terminal/calibration", Calibration)
# The numerators by which R1 can be read, in the order in which they are told.
READINGS = {
    "in_time": "Như đang tính (chỉ cộng tạm dừng khi ngày hẹn chưa gồm; không rõ lời hứa thì lấy hạn sớm hơn)",
    "in_time_at_latest": "Nếu mọi trường hợp chưa rõ đều có lợi cho cơ quan",
    "in_time_if_added": "Nếu luôn cộng tạm dừng vào ngày hẹn thấy lần đầu",
    "in_time_if_not_added": "Nếu không bao giờ cộng tạm dừng",
}


def calibration(publication: Publication) -> list[Calibration]:
    """Raises NothingPublished."""
    return publication.ask(CALIBRATION)


def calibration_table(rows: list[Calibration]) -> Table:
    table = Table(title="Ngày hẹn thấy lần đầu đã gồm thời gian tạm dừng hay chưa")
    for name in ("Phạm vi", "Ngày hẹn", "Hạn", "Hồ sơ", "Tỷ lệ", "Đã giải quyết", "Không muộn", "Ví dụ"):
        table.add_column(name, justify="left" if name in ("Phạm vi", "Ngày hẹn", "Hạn", "Ví dụ") else "right")
    words = dictionary.load()
    for row in rows:
        table.add_row(
            row.unit_code,
            words.label("pause_state", row.pause_state),
            words.label("due_mark", row.due_mark) if row.due_mark else NOTHING,
            count(row.dossiers),
            share(row.share),
            count(row.settled),
            count(row.in_time),
            row.examples,
        )
    return table


def readings(rows: list[Calibration]) -> list[str]:
    """R1 of each scope, from the beginning of the year, by every way to read its appointments."""
    told = []
    for unit in dict.fromkeys(row.unit_code for row in rows):
        own = [row for row in rows if row.unit_code == unit]
        settled = sum(row.settled for row in own)
        told.append(f"R1 lũy kế của {unit} theo từng cách hiểu:")
        for name, words in READINGS.items():
            met = sum(getattr(row, name) for row in own)
            rate = share(met / settled) if settled else NOTHING
            told.append(f"  – {words}: {count(met)}/{count(settled)} = {rate}.")
    return told
