"""Charts as SVG text, made without a browser or a network: Vietnamese labels, told apart by shape as well as colour."""

from __future__ import annotations

from typing import Any

from warehouse.reading import Row


# Comma for decimals, dot for thousands.
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
ACTUAL, TARGET = "#0072B2", "#D55E00"
FONT = "Times New Roman, Liberation Serif, serif"


def months(found: list[Row]) -> str | None:
    """Each objective's months against its target, one small chart each; None when no month has a figure."""
    if not found:
        return None
    import altair
    import vl_convert

    values = [
        {
            "indicator": row["indicator"],
            "month": row["month"],
            "actual": row["actual"] * 100,
            "target": None if row["target"] is None else float(row["target"]) * 100,
        }
        for row in found
    ]
    month = altair.X("month:O", title="Tháng", axis=altair.Axis(labelAngle=0))
    share = altair.Scale(zero=False, padding=6)
    # A stroke for each month, so that a single month shows its target too.
    mark = altair.OverlayMarkDef(stroke=TARGET, shape="stroke", size=90, filled=False)
    base = altair.Chart().encode(x=month)
    actual = base.mark_line(color=ACTUAL, point=altair.OverlayMarkDef(color=ACTUAL, size=28)).encode(
        y=altair.Y("actual:Q", title="%", scale=share)
    )
    target = base.mark_line(color=TARGET, strokeDash=[5, 3], point=mark).encode(
        y=altair.Y("target:Q", title="%", scale=share)
    )
    chart = (
        altair.layer(actual, target, data=altair.InlineData(values=values))
        .properties(width=180, height=95)
        .facet(facet=altair.Facet("indicator:N", title=None, sort=order(found)), columns=3)
        .resolve_scale(y="independent")
        .properties(title="Kết quả từng tháng (đường liền, có chấm) so với chỉ tiêu (đường đứt)")
        .configure(font=FONT)
    )
    spec: dict[str, Any] = chart.to_dict()
    return str(vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS))


def picture(svg: str) -> bytes:
    """PNG for Word, which takes no SVG without one: fine enough for print (about 300 dots an inch at 16 cm)."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2.5))


def order(found: list[Row]) -> list[str]:
    return list(dict.fromkeys(row["indicator"] for row in found))
