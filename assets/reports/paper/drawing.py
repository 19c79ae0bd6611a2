"""What all charts share: their look, and SVG and PNG made without a browser or a network."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    import pandas as pd

# Comma for decimals, dot for thousands.
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
# Okabe and Ito: seen apart by everybody, and of different grey in print.
ACTUAL, TARGET, FORECAST, LIMIT = "#0072B2", "#D55E00", "#000000", "#777777"
# Vega describes each axis and mark in English to whoever listens; the caption of the figure says it in Vietnamese.
SPOKEN = re.compile(r' aria-(?:label|roledescription)="[^"]*"')
FONT = "Times New Roman, Liberation Serif, serif"


def svg(chart: Any) -> str:
    import vl_convert

    spec = chart.configure(font=FONT).configure_view(stroke="#bbbbbb").to_dict()
    return SPOKEN.sub("", str(vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS)))


def picture(svg: str) -> bytes:
    """PNG for Word, which takes no SVG without one: fine enough for print (about 300 dots an inch at 16 cm)."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2.5))


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """The same values as Python's own, with None for what is missing."""
    return frame.astype(object).where(frame.notna(), None)


def data(frame: pd.DataFrame) -> Any:
    """The rows with what is missing left out, inside the chart."""
    import altair

    rows: list[dict[str, Any]] = plain(frame).to_dict("records")  # type: ignore[assignment]  # columns have names
    return altair.InlineData(values=[{name: value for name, value in row.items() if value is not None} for row in rows])


def rate(field: str) -> Any:
    """The scale of a rate: points and lines may begin above zero."""
    import altair

    return altair.Y(f"{field}:Q", title="%", scale=altair.Scale(zero=False, padding=6))


def small_multiples(frame: pd.DataFrame, *marks: Any) -> Any:
    """One small chart for each indicator, each with a scale of its own."""
    import altair

    order = list(frame["indicator"].unique())
    return (
        altair.layer(*marks, data=data(frame))
        .properties(width=180, height=95)
        .facet(facet=altair.Facet("indicator:N", title=None, sort=order), columns=3)
        .resolve_scale(y="independent")
    )
