"""Charts as SVG text, made without a browser or a network: Vietnamese labels, told apart by shape as well as colour.

Rates are drawn as points and lines, so that their axis may begin above zero; what is counted, as bars from zero.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import accumulate
from typing import Any, TypedDict

from assets.dashboard.words import share
from assets.reporting.reasons import all_causes
from warehouse.reading import Row


# Comma for decimals, dot for thousands.
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " ₫"]}
# Okabe and Ito: seen apart by everybody, and of different grey in print.
ACTUAL, TARGET, FORECAST, LIMIT = "#0072B2", "#D55E00", "#000000", "#777777"
FONT = "Times New Roman, Liberation Serif, serif"
MOST_UNITS, MOST_CAUSES = 20, 8
FEWEST_MONTHS = 3


class Chart(TypedDict):
    title: str
    svg: str


def drawn(rows: dict[str, list[Row]]) -> list[Chart]:
    """Each chart there is something to draw for, in the order of the report."""
    made: list[tuple[str, Callable[[dict[str, list[Row]]], Any]]] = [
        (
            "Kết quả trong năm. Chấm: từng tháng; đường liền: lũy kế; đường đứt: chỉ tiêu; hình thoi: lộ trình;"
            " tam giác: dự báo cuối năm và khoảng tin cậy",
            course,
        ),
        (
            f"Tỷ lệ hồ sơ đúng hạn của từng đơn vị, thấp nhất trước (tối đa {MOST_UNITS} đơn vị); vạch đứng: chỉ tiêu",
            by_unit,
        ),
        (
            "Biểu đồ kiểm soát. Đường xám: trung bình; đường chấm: giới hạn kiểm soát;"
            " tam giác: tháng khác thường, cần tìm nguyên nhân riêng",
            control,
        ),
        ("Nguyên nhân của các trường hợp chưa đạt. Cột: số trường hợp; đường: tỷ lệ cộng dồn (%)", causes),
    ]
    charts = [(title, draw(rows)) for title, draw in made]
    return [Chart(title=title, svg=svg_of(chart)) for title, chart in charts if chart is not None]


def svg_of(chart: Any) -> str:
    import vl_convert

    spec = chart.configure(font=FONT).configure_view(stroke="#bbbbbb").to_dict()
    return str(vl_convert.vegalite_to_svg(spec, format_locale=NUMBERS))


def picture(svg: str) -> bytes:
    """PNG for Word, which takes no SVG without one: fine enough for print (about 300 dots an inch at 16 cm)."""
    import vl_convert

    return bytes(vl_convert.svg_to_png(svg, scale=2.5))


def percent(value: Any) -> float | None:
    return None if value is None else float(value) * 100


def layers(values: list[dict[str, Any]], *marks: Any, columns: int = 3) -> Any:
    """One small chart for each indicator, each with a scale of its own."""
    import altair

    order = list(dict.fromkeys(value["indicator"] for value in values))
    return (
        altair.layer(*marks, data=altair.InlineData(values=values))
        .properties(width=180, height=95)
        .facet(facet=altair.Facet("indicator:N", title=None, sort=order), columns=columns)
        .resolve_scale(y="independent")
    )


def course(rows: dict[str, list[Row]]) -> Any:
    """Each objective's year: its months, the sum so far, milestones, target, and where the year will end."""
    import altair

    values = course_values(rows)
    if not values:
        return None
    month = altair.X(
        "month:Q", title="Tháng", scale=altair.Scale(domain=[0.5, 12.9]), axis=altair.Axis(values=[1, 3, 6, 9, 12])
    )
    base = altair.Chart().encode(x=month)

    def y(field: str) -> Any:
        return altair.Y(f"{field}:Q", title="%", scale=altair.Scale(zero=False, padding=6))

    return layers(
        values,
        base.mark_line(color=TARGET, strokeDash=[5, 3]).encode(y=y("target")),
        base.mark_point(shape="diamond", color=TARGET, filled=True, size=40).encode(y=y("milestone")),
        base.mark_point(color=ACTUAL, size=22, filled=True).encode(y=y("actual")),
        base.mark_line(color=ACTUAL).encode(y=y("running")),
        base.mark_rule(color=FORECAST, strokeWidth=2).encode(y=y("low"), y2="high:Q"),
        base.mark_point(shape="triangle-right", color=FORECAST, filled=True, size=45).encode(y=y("forecast")),
    )


def course_values(rows: dict[str, list[Row]]) -> list[dict[str, Any]]:
    """Target from the first month to the last day; the forecast stands after the last month."""
    values: list[dict[str, Any]] = []
    for row in rows["months"]:
        named = {"indicator": row["indicator"], "month": row["month"]}
        rates = {name: percent(row[name]) for name in ("actual", "running", "target")}
        values.append(named | {name: rate for name, rate in rates.items() if rate is not None})
    shown = {value["indicator"] for value in values}
    values += [
        {"indicator": row["indicator"], "month": row["month"], "milestone": percent(row["target"])}
        for row in rows["milestones"]
        if row["indicator"] in shown
    ]
    for row in rows["objectives"]:
        if row["indicator"] in shown:
            values += year_end(row)
    return values


def year_end(row: Row) -> list[dict[str, Any]]:
    """The target over the whole year, and the forecast after its last month."""
    target, ends = percent(row["target"]), {"forecast": "year_end", "low": "low", "high": "high"}
    forecast = {name: percent(row[f"forecast_{field}"]) for name, field in ends.items()}
    points = [{"month": month, "target": target} for month in (1, 12.7) if target is not None]
    if forecast["forecast"] is not None:
        points.append({"month": 12.5} | {name: rate for name, rate in forecast.items() if rate is not None})
    return [{"indicator": row["indicator"], **point} for point in points]


def by_unit(rows: dict[str, list[Row]]) -> Any:
    """The lowest units, the lowest first, with what they settled beside the point."""
    import altair

    found = rows["units"][:MOST_UNITS]
    if len(found) < 2:
        return None
    values = [
        {
            "unit": row["unit_name"] or row["unit_code"],
            "rate": percent(row["actual"]),
            "target": percent(row["target"]),
            "label": f"{row['numerator']}/{row['denominator']} = {share(row['actual'], row['target'])}",
        }
        for row in found
    ]
    low = min(value["rate"] or 0.0 for value in values)
    room = (103 - low) * 0.45
    scale = altair.Scale(domain=[max(0.0, low - 3), 100 + room], nice=False, zero=False)
    rate = altair.X("rate:Q", title="%", scale=scale, axis=altair.Axis(values=list(range(0, 101, 5))))
    unit = altair.Y("unit:N", title=None, sort=None, axis=altair.Axis(labelLimit=260, grid=True))
    base = altair.Chart(altair.InlineData(values=values)).encode(y=unit)
    points = base.mark_point(color=ACTUAL, filled=True, size=45).encode(x=rate)
    labels = base.mark_text(align="left", dx=8, font=FONT).encode(x=altair.XDatum(100), text="label:N")
    rule = base.mark_tick(color=TARGET, thickness=2, size=14).encode(x=altair.X("target:Q", scale=scale))
    return (rule + points + labels).properties(width=330, height=17 * len(values))


def control(rows: dict[str, list[Row]]) -> Any:
    """Months with their centre and limits; a month beyond chance is a filled triangle."""
    import altair

    months = Counter(row["indicator"] for row in rows["control"])
    values = [
        {
            "indicator": row["indicator"],
            "month": row["month"],
            "signal": "có" if row["signal"] else "không",
            **{name: percent(row[name]) for name in ("value", "center", "lower_limit", "upper_limit")},
        }
        for row in rows["control"]
        if months[row["indicator"]] >= FEWEST_MONTHS
    ]
    if not values:
        return None
    month = altair.X("month:O", title="Tháng", axis=altair.Axis(labelAngle=0))
    base = altair.Chart().encode(x=month)

    def y(field: str) -> Any:
        return altair.Y(f"{field}:Q", title="%", scale=altair.Scale(zero=False, padding=6))

    def by_signal(real: str, chance: str) -> Any:
        return altair.condition("datum.signal == 'có'", altair.value(real), altair.value(chance))

    return layers(
        values,
        base.mark_line(color=LIMIT, strokeDash=[2, 2], interpolate="step").encode(y=y("lower_limit")),
        base.mark_line(color=LIMIT, strokeDash=[2, 2], interpolate="step").encode(y=y("upper_limit")),
        base.mark_line(color=LIMIT).encode(y=y("center")),
        base.mark_line(color=ACTUAL, strokeWidth=1).encode(y=y("value")),
        base.mark_point(filled=True, size=35).encode(
            y=y("value"), color=by_signal(TARGET, ACTUAL), shape=by_signal("triangle-up", "circle")
        ),
    )


def causes(rows: dict[str, list[Row]]) -> Any:
    """How often each cause, the most frequent first, and the share they make together."""
    import altair

    counted = all_causes(rows["failing"])
    if not counted:
        return None
    total = sum(number for _, number in counted)
    rest = sum(number for _, number in counted[MOST_CAUSES:])
    shown = [*counted[:MOST_CAUSES], *([("Các nguyên nhân khác", rest)] if rest else [])]
    so_far = list(accumulate(number for _, number in shown))
    values = [
        {"cause": cause, "number": number, "share": 100 * sum_ / total}
        for (cause, number), sum_ in zip(shown, so_far, strict=True)
    ]
    axis = altair.Axis(labelLimit=300)
    base = altair.Chart(altair.InlineData(values=values)).encode(
        y=altair.Y("cause:N", title=None, sort=None, axis=axis)
    )
    number = altair.X("number:Q", title="Số trường hợp", axis=altair.Axis(tickMinStep=1, format=",d"))
    bars = base.mark_bar(color=ACTUAL, opacity=0.75).encode(x=number)
    labels = base.mark_text(align="left", dx=4, font=FONT).encode(
        x="number:Q", text=altair.Text("number:Q", format=",d")
    )
    share_axis = altair.X(
        "share:Q", title="% cộng dồn", scale=altair.Scale(domain=[0, 105]), axis=altair.Axis(grid=False)
    )
    line = base.mark_line(color=TARGET, point=altair.OverlayMarkDef(color=TARGET), order=False).encode(x=share_axis)
    return (
        altair.layer(bars + labels, line).resolve_scale(x="independent").properties(width=330, height=20 * len(values))
    )
