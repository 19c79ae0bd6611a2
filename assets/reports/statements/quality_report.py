"""The quality report (domain §13.8): each indicator by ESS/SIMS headings, registers delivered, periods closed."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from assets.reports.asking import Publication, Question
from assets.reports.closed_periods import LISTS, ClosedPeriod, closed_periods
from assets.reports.formats import NOTHING, count, day
from assets.reports.objective_year import objective_year
from assets.reports.office import office
from assets.reports.statements.statement import Listing, Section, Statement, headed
from connectors.registers.catalogue import REGISTERS
from warehouse import dictionary
from warehouse.reading import NothingPublished, Published


NAME = "bao-cao-chat-luong-so-lieu"


@dataclass(frozen=True)
class Measured:
    """One measure of one indicator under a heading, in words."""

    indicator: str
    label: str
    heading: str
    measure: str
    words: str


@dataclass(frozen=True)
class ReportingRate:
    """What one unit owed of one register this year; `unknown`: there before anybody looked."""

    unit_code: str
    unit_name: str | None
    register: str
    expected: int
    delivered: int
    on_time: int
    unknown: int
    missing: str | None


QUALITY = Question("statements/quality", Measured)
RATES = Question("statements/reporting_rates", ReportingRate)
MEASURED = (("Tiêu mục", 3), ("Thước đo", 4), ("Diễn giải", 11))
DELIVERED = (
    ("Đơn vị", 6),
    ("Sổ", 6),
    ("Phải nộp", 2),
    ("Đã nộp", 2),
    ("Đúng hạn", 2),
    ("Không rõ", 2),
    ("Kỳ chưa nộp", 5),
)


def quality_report(published: Published) -> Statement:
    """Raises NothingPublished."""
    publication = Publication(published.path)
    year = objective_year(publication)
    if year is None:
        raise NothingPublished("Bản công bố chưa có ngày chốt")
    basis = f"Số liệu chốt ngày {day(year.closing_date)}, bản công bố {published.version}."
    sections = [
        Section("I. Phạm vi", [basis, "Tiêu mục theo khung chất lượng của thống kê châu Âu (ESS, SIMS)."]),
        Section("II. Tính chất số liệu và việc chốt", state(closed_periods(publication))),
        Section("III. Nộp sổ của các phòng trong năm", [], delivered(publication.ask(RATES))),
        *indicators(publication.ask(QUALITY)),
    ]
    subject = f"Chất lượng số liệu Mục tiêu chất lượng năm {year.objective_year}"
    return headed(office(publication), year.closing_date, "BÁO CÁO", subject, sections)


def state(closings: list[ClosedPeriod]) -> list[str]:
    """What is final, by whose reason it changed, and what waits for a reason."""
    told = [f"Số của kỳ đã chốt là chính thức; mọi số khác là tạm tính. {LISTS}"]
    for one in closings:
        reason = f" Lý do điều chỉnh: {one.reason}." if one.reason else ""
        waits = f" {one.notice}" if one.changes_waiting else ""
        told.append(
            f"Kỳ {one.period}, chốt lần {one.number} ngày {day(one.closed_on)}: {count(one.figures)} số.{reason}{waits}"
        )
    return told if closings else [*told, "Chưa kỳ nào được chốt."]


def delivered(rates: list[ReportingRate]) -> Listing:
    numbers = ("expected", "delivered", "on_time", "unknown")
    return Listing(
        DELIVERED,
        [
            [
                row.unit_name or row.unit_code,
                REGISTERS[row.register].sheet if row.register in REGISTERS else row.register,
                *(count(getattr(row, name)) for name in numbers),
                row.missing or NOTHING,
            ]
            for row in rates
        ],
    )


def indicators(rows: list[Measured]) -> list[Section]:
    words = dictionary.load()
    told: list[Section] = []
    for (indicator, label), own in groupby(rows, key=lambda row: (row.indicator, row.label)):
        cells = [[words.label("heading", row.heading), words.label("measure", row.measure), row.words] for row in own]
        told.append(Section(f"IV.{len(told) + 1}. {indicator} – {label}", [], Listing(MEASURED, cells)))
    return told
