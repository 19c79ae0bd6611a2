"""The annexes of a report: each a file of its own, numbered by itself, named by the body."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from assets.reports.formats import NOTHING, count
from assets.reports.paper.charts import Chart
from assets.reports.paper.columns import ANNEXES


NONE = "Không phát sinh"
TENS = ("", "X", "XX", "XXX")
ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True)
class Annex:
    """`rows` are texts by the fields of `columns`; one of charts has none of both."""

    number: str
    title: str
    file: str
    columns: Sequence[tuple[str, str, int]]
    rows: Sequence[dict[str, str]]
    charts: Sequence[Chart] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.charts)

    @property
    def extent(self) -> str:
        """What the body says of it beside its title."""
        if self.is_empty:
            return NONE
        return f"{count(len(self.charts))} hình" if self.charts else f"{count(len(self.rows))} dòng"


def roman(number: int) -> str:
    """1 to 39."""
    return TENS[number // 10] + ONES[number % 10]


def number_of(name: str) -> str:
    """Phụ lục IV, by the name of its list."""
    return f"Phụ lục {roman(1 + [form.name for form in ANNEXES].index(name))}"


def annexes(texts: dict[str, Any], charts: Sequence[Chart]) -> list[Annex]:
    """All, in their order; the numbers do not depend on which are empty."""
    return [
        Annex(
            roman(place),
            form.title,
            f"phu-luc-{place:02}-{form.file}",
            form.columns,
            texts[form.name] if form.columns else (),
            () if form.columns else charts,
        )
        for place, form in enumerate(ANNEXES, 1)
    ]


def listed(all_of_them: Sequence[Annex]) -> list[dict[str, str]]:
    """The list at the end of the body."""
    return [{"number": f"Phụ lục {one.number}", "title": one.title, "extent": one.extent} for one in all_of_them]


def enclosed_with(texts: dict[str, Any]) -> str:
    """The line under the title of an annex."""
    return (
        f"(Kèm theo Báo cáo số ………/{texts['symbol'] or NOTHING} ngày {texts['day']} tháng {texts['month']} năm "
        f"{texts['signed_year']} của {texts['formal_name']})"
    )
