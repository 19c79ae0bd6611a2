"""What of the decision's text has no figure, and the figures by sector, as the report tells them."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from assets.reports.asking import Question
from assets.reports.formats import NOTHING, count, share


@dataclass(frozen=True)
class NotMeasured:
    """Words of the decision, why no figure answers them, and what would be needed for one."""

    clause: str
    words: str
    reason: str
    what_is_needed: str


NOT_MEASURED = Question("paper/not_measured", NotMeasured)


@dataclass(frozen=True)
class Sector:
    """A sector of MT1 or MT5 in the period, within the objectives' scope."""

    indicator: str
    sector_name: str
    numerator: int
    denominator: int
    actual: float | None
    early: int | None
    on_time: int | None


@dataclass(frozen=True)
class Intake:
    """Online dossiers of the period, by the working days from submission to acceptance."""

    numerator: int
    denominator: int
    actual: float | None
    limit_days: int
    median_days: float | None
    mean_days: float | None
    days_of_ninety: int | None


INTAKE = Question("paper/intake", Intake)
SECTORS = Question("paper/sectors", Sector)


def sector(row: Sector) -> dict[str, str]:
    return {
        "indicator": row.indicator,
        "sector": row.sector_name,
        "numerator": count(row.numerator),
        "denominator": count(row.denominator),
        "rate": share(row.actual),
        "early": NOTHING if row.early is None else count(row.early),
        "on_time": NOTHING if row.on_time is None else count(row.on_time),
    }


def intake(row: Intake) -> str:
    median = NOTHING if row.median_days is None else f"{row.median_days:.1f}".replace(".", ",")
    return (
        f"Tiếp nhận hồ sơ nộp trực tuyến không quá {row.limit_days} ngày làm việc sau ngày nộp: {count(row.numerator)}/"
        f"{count(row.denominator)} = {share(row.actual)}; một nửa chờ không quá {median} ngày làm việc."
    )


def not_entered(year: int) -> str:
    """A year of which nobody entered the words says so: an empty table would say that everything is measured."""
    return f"Câu chữ của quyết định năm {year} chưa được nhập, nên chưa biết câu nào không có con số"


def not_measured(rows: list[NotMeasured], year: int) -> list[dict[str, str]]:
    unknown = {
        "clause": "—",
        "words": not_entered(year),
        "reason": f"Chưa có dòng của năm {year} trong decision_clauses",
        "what_is_needed": "Nhập từng câu của quyết định và chỉ tiêu trả lời nó",
    }
    return [asdict(row) | {"words": f"“{row.words}”"} for row in rows] or [unknown]
