"""The minutes of a closing (biên bản chốt số liệu): figures, definitions, hashes, and the lines where it is signed."""

from __future__ import annotations

from dataclasses import dataclass, replace

from assets.reports.asking import Publication, Question
from assets.reports.formats import NOTHING, count, day, goal, measured, moment
from assets.reports.office import office
from assets.reports.statements.statement import Listing, Section, Statement, headed
from assets.run_settings import LOCAL
from warehouse.closed_periods import Closing
from warehouse.reading import Published


SIGNERS = ("NGƯỜI LẬP", "NGƯỜI KIỂM TRA", "LÃNH ĐẠO VĂN PHÒNG")
# Of the figures that a reason changes; the ledger and marts.restatement hold all.
MOST_CHANGES = 60
SCHEMA = "marts."


@dataclass(frozen=True)
class ClosedFigure:
    indicator: str
    label: str | None
    definition: str
    numerator: int
    denominator: int
    actual: float | None
    lower_bound: float | None
    upper_bound: float | None
    operator: str | None
    target: float | None
    upper_target: float | None
    measure: str
    unit_of_measure: str
    decimals: int
    verdict: str
    verdict_reason: str | None
    quarantined: int


@dataclass(frozen=True)
class ChangedFigure:
    sentence: str
    is_headline: bool


FIGURES = Question("statements/closed_figures", ClosedFigure)
CHANGES = Question("statements/changed_figures", ChangedFigure)


def name_of(closing: Closing) -> str:
    return f"bien-ban-chot-so-lieu-{closing.period}-lan-{closing.number}"


def minutes(published: Published, closing: Closing) -> Statement:
    """Of the publication that was closed."""
    publication = Publication(published.path)
    values = {"start": closing.start, "period_end": closing.end}
    figures = publication.ask(FIGURES, **values)
    changed = changes(publication.ask(CHANGES, **values), closing) if closing.reason else []
    title = (
        f"Chốt số liệu kỳ {closing.period}"
        if closing.number == 1
        else f"Điều chỉnh số liệu đã chốt kỳ {closing.period}"
    )
    sections = [
        Section("1. Căn cứ", basis(closing)),
        *changed,
        Section("2. Số liệu của kỳ trong bản công bố", [], table(figures)),
        Section("3. Điều còn để ngỏ khi chốt", left_open(figures)),
        Section("4. Phiên bản định nghĩa, mức giao, lịch", [], versions(closing)),
        Section("5. Mã băm của bản công bố", hashes_told(closing), hashes(published)),
        Section("6. Xác nhận", ["Các bên thống nhất số liệu trên và ký tên dưới đây."]),
    ]
    made = headed(office(publication), closing.closed_on, "BIÊN BẢN", title, sections, SIGNERS)
    # The Office's notation is that of a report.
    return replace(made, symbol=made.symbol.replace("BC", "BB", 1))


def basis(closing: Closing) -> list[str]:
    told = [
        f"Kỳ {closing.period}: từ {day(closing.start)} đến {day(closing.end)}, gồm mọi tháng, quý và kỳ nhỏ hơn "
        "nằm trong đó.",
        f"Chốt lần {closing.number} lúc {moment(closing.closed_at.astimezone(LOCAL))}, theo bản công bố "
        f"{closing.version} (ngày chốt số liệu {day(closing.closing_date)}); {count(closing.figures)} dòng số liệu "
        "được chốt.",
    ]
    told.append(
        "Danh sách bản ghi đứng sau số liệu (bản ghi chưa đạt, Biểu II.06a, so sánh các đơn vị) là của chính tệp nêu ở"
        " mục 5; tệp ấy được giữ. Bản công bố của ngày sau giữ nguyên số đã chốt nhưng"
        " lập lại danh sách theo dữ liệu mới."
    )
    if closing.reason:
        return [*told, f"Lý do điều chỉnh: {closing.reason}."]
    return [*told, "Từ lúc này số liệu của kỳ là chính thức; muốn thay đổi phải nêu lý do và giữ cả hai số."]


def changes(rows: list[ChangedFigure], closing: Closing) -> list[Section]:
    own = [row.sentence for row in rows if row.is_headline][:MOST_CHANGES]
    left = closing.figures - len(own)
    rest = (
        [f"Còn {count(left)} số của đơn vị, nhóm, định nghĩa khác: xem marts.restatement của bản công bố sau."]
        if left > 0
        else []
    )
    return [Section("Số được điều chỉnh", [*own, *rest])]


def table(figures: list[ClosedFigure]) -> Listing:
    columns = (
        ("Chỉ tiêu", 3),
        ("Nội dung", 9),
        ("Tử số/mẫu số", 4),
        ("Kết quả", 3),
        ("Khoảng", 5),
        ("Mức giao", 4),
        ("Kết luận", 3),
    )
    return Listing(
        columns,
        [
            [
                f"{row.indicator} ({row.definition})",
                row.label or NOTHING,
                f"{count(row.numerator)}/{count(row.denominator)}",
                measured(row.actual, row),
                f"{measured(row.lower_bound, row)} – {measured(row.upper_bound, row)}",
                goal(row),
                row.verdict,
            ]
            for row in figures
        ],
    )


def left_open(figures: list[ClosedFigure]) -> list[str]:
    told = [
        f"{row.indicator}: {'; '.join(filter(None, (aside(row), row.verdict_reason)))}."
        for row in figures
        if row.quarantined or row.verdict_reason
    ]
    return told or ["Không có."]


def aside(row: ClosedFigure) -> str:
    return f"{count(row.quarantined)} bản ghi chưa rõ hoặc tách riêng" if row.quarantined else ""


def versions(closing: Closing) -> Listing:
    return Listing(
        (("Loại", 1), ("Mã phiên bản", 3)), [[name, told] for name, told in sorted(closing.versions.items())]
    )


def hashes_told(closing: Closing) -> list[str]:
    return [f"Tệp {closing.version}.duckdb, SHA-256: {closing.file_sha256}."]


def hashes(published: Published) -> Listing:
    tables = published.manifest["tables"]
    return Listing(
        (("Bảng", 3), ("Số dòng", 1), ("Mã băm nội dung", 4)),
        [
            [name, count(facts["rows"]), facts["content_hash"]]
            for name, facts in sorted(tables.items())
            if name.startswith(SCHEMA)
        ],
    )
