"""The charts of a report, with Vietnamese labels and told apart by shape as well as colour.

Rates are drawn as points and lines, so that their axis may begin above zero; what is counted, as bars from zero.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypedDict

from assets.reports.formats import ratio, share
from assets.reports.paper.drawing import (
    ACTUAL,
    FONT,
    FORECAST,
    LIMIT,
    TARGET,
    data,
    plain,
    rate,
    small_multiples,
    svg,
)
from assets.reports.paper.marks import mark_values, marked, told_marks
from assets.reports.paper.reasons import all_causes


if TYPE_CHECKING:
    import pandas as pd

MOST_UNITS, MOST_CAUSES = 20, 8
FEWEST_MONTHS = 3
# What the year's course adds to the months, and how a forecast is called there.
BESIDE_MONTHS = ("objectives", "milestones")
FORECASTS = {"forecast_year_end": "forecast", "forecast_low": "low", "forecast_high": "high"}
Frames = dict[str, "pd.DataFrame"]


class Chart(TypedDict):
    title: str
    svg: str


def drawn(frames: Frames) -> list[Chart]:
    """Each chart there is something to draw for, in the order of the report."""
    made: list[tuple[str, Callable[[Frames], Any]]] = [
        (
            "Kết quả trong năm. Chấm: từng tháng; đường liền: lũy kế; đường đứt: chỉ tiêu; hình thoi: lộ trình;"
            " tam giác: dự báo cuối năm và khoảng tin cậy" + told_marks(frames),
            course,
        ),
        (
            f"Tỷ lệ hồ sơ đúng hạn của từng đơn vị, thấp nhất trước (tối đa {MOST_UNITS} đơn vị); đường ngang: giới hạn"
            " 95 % quanh mức chung (biểu đồ phễu), trong đó là chưa phân biệt được; vạch đứng: chỉ tiêu của đơn vị",
            by_unit,
        ),
        (
            "Biểu đồ kiểm soát. Đường xám: trung bình; đường chấm: giới hạn kiểm soát;"
            " tam giác: tháng khác thường, cần tìm nguyên nhân riêng" + told_marks(frames),
            control,
        ),
        ("Dạng chưa đạt. Cột: số trường hợp; đường: tỷ lệ cộng dồn (%)", causes),
        ("Nguyên nhân theo phiếu không phù hợp. Cột: số phiếu; đường: tỷ lệ cộng dồn (%)", root_causes),
    ]
    charts = [(title, draw(frames)) for title, draw in made]
    return [Chart(title=title, svg=svg(chart)) for title, chart in charts if chart is not None]


def course(frames: Frames) -> Any:
    """Each objective's year: its months, the sum so far, milestones, target, and where the year will end."""
    import altair

    values = course_values(frames)
    if values.empty:
        return None
    month = altair.X(
        "month:Q", title="Tháng", scale=altair.Scale(domain=[0.5, 12.9]), axis=altair.Axis(values=[1, 3, 6, 9, 12])
    )
    base = altair.Chart().encode(x=month)

    def line(name: str) -> Any:
        """A line breaks at every row that does not tell its value."""
        return base.transform_filter(f"isValid(datum.{name})")

    return small_multiples(
        values,
        *marked(altair.Chart()),
        line("target").mark_line(color=TARGET, strokeDash=[5, 3]).encode(y=rate("target")),
        base.mark_point(shape="diamond", color=TARGET, filled=True, size=40).encode(y=rate("milestone")),
        base.mark_point(color=ACTUAL, size=22, filled=True).encode(y=rate("actual")),
        line("running").mark_line(color=ACTUAL).encode(y=rate("running")),
        base.mark_rule(color=FORECAST, strokeWidth=2).encode(y=rate("low"), y2="high:Q"),
        base.mark_point(shape="triangle-right", color=FORECAST, filled=True, size=45).encode(y=rate("forecast")),
    )


def course_values(frames: Frames) -> pd.DataFrame:
    """Percentages by indicator and month; the target runs over the whole year, the forecast stands after it."""
    import pandas as pd

    months = frames["months"]
    named = {name: frames[name][frames[name]["indicator"].isin(months["indicator"])] for name in BESIDE_MONTHS}
    ends = named["objectives"]
    parts = [
        months[["indicator", "month", "actual", "running", "target"]],
        named["milestones"].rename(columns={"target": "milestone"}),
        *(ends[["indicator", "target"]].dropna().assign(month=month) for month in (1, 12.7)),
        ends[["indicator", *FORECASTS]].rename(columns=FORECASTS).dropna(subset="forecast").assign(month=12.5),
    ]
    if marks := mark_values(frames, months["indicator"].unique().tolist()):
        parts.append(pd.DataFrame(marks))
    # As plain numbers: frames without a row have columns of no particular type.
    values = pd.concat([part.astype({name: float for name in part if name != "indicator"}) for part in parts])
    rates = values.columns.difference(["indicator", "month", "begins", "ends", "changed"])
    return values.assign(**{name: values[name] * 100 for name in rates})


def by_unit(frames: Frames) -> Any:
    """The lowest units, the lowest first, with what they settled beside the point."""
    import altair

    found = frames["units"].head(MOST_UNITS)
    if len(found) < 2:
        return None
    values = found.assign(
        unit=found["unit_name"].fillna(found["unit_code"]),
        rate=found["actual"] * 100,
        target=found["target"] * 100,
        low=found["lower_95"] * 100,
        high=found["upper_95"] * 100,
        label=[unit_label(row) for row in plain(found).to_dict("records")],
    )[["unit", "rate", "target", "low", "high", "label"]]
    low = values[["rate", "low"]].min().min()
    room = (103 - low) * 0.45
    scale = altair.Scale(domain=[max(0.0, low - 3), 100 + room], nice=False, zero=False)
    rates = altair.X("rate:Q", title="%", scale=scale, axis=altair.Axis(values=list(range(0, 101, 5))))
    unit = altair.Y("unit:N", title=None, sort=None, axis=altair.Axis(labelLimit=260, grid=True))
    base = altair.Chart(data(values)).encode(y=unit)
    points = base.mark_point(color=ACTUAL, filled=True, size=45).encode(x=rates)
    labels = base.mark_text(align="left", dx=8, font=FONT).encode(x=altair.XDatum(100), text="label:N")
    rule = base.mark_tick(color=TARGET, thickness=2, size=14).encode(x=altair.X("target:Q", scale=scale))
    limits = base.mark_rule(color=LIMIT, strokeWidth=3).encode(x=altair.X("low:Q", scale=scale), x2="high:Q")
    return (limits + rule + points + labels).properties(width=330, height=17 * len(values))


def unit_label(row: dict[Any, Any]) -> str:
    """What a unit settled, and its rate a year before where data reach back."""
    told = ratio(row["numerator"], row["denominator"], row["actual"], row["target"])
    then = row["actual_last_year"]
    return told if then is None else f"{told}; cùng kỳ năm trước {share(then)}"


def control(frames: Frames) -> Any:
    """Months with their centre and limits; a month beyond chance is a filled triangle."""
    import altair
    import pandas as pd

    found = frames["control"]
    found = found[found.groupby("indicator")["month"].transform("size") >= FEWEST_MONTHS]
    if found.empty:
        return None
    rates = {name: found[name] * 100 for name in ("value", "center", "lower_limit", "upper_limit")}
    values = found.assign(signal=found["signal"].notna().map({True: "có", False: "không"}), **rates)
    marks = mark_values(frames, values["indicator"].unique().tolist())
    values = pd.concat([values, pd.DataFrame(marks)]) if marks else values
    month = altair.X(
        "month:Q", title="Tháng", scale=altair.Scale(domain=[0.5, 12.9]), axis=altair.Axis(values=[1, 3, 6, 9, 12])
    )
    base = altair.Chart().encode(x=month)

    def by_signal(real: str, chance: str) -> Any:
        return altair.condition("datum.signal == 'có'", altair.value(real), altair.value(chance))

    return small_multiples(
        values,
        *marked(altair.Chart()),
        base.mark_line(color=LIMIT, strokeDash=[2, 2], interpolate="step").encode(y=rate("lower_limit")),
        base.mark_line(color=LIMIT, strokeDash=[2, 2], interpolate="step").encode(y=rate("upper_limit")),
        base.mark_line(color=LIMIT).encode(y=rate("center")),
        base.mark_line(color=ACTUAL, strokeWidth=1).encode(y=rate("value")),
        base.mark_point(filled=True, size=35).encode(
            y=rate("value"), color=by_signal(TARGET, ACTUAL), shape=by_signal("triangle-up", "circle")
        ),
    )


def causes(frames: Frames) -> Any:
    """In what way records fail, the most frequent first."""
    return pareto(all_causes(frames["failing"]), "Số trường hợp")


def root_causes(frames: Frames) -> Any:
    """What the forms name as cause."""
    found = frames["cause_groups"].rename(columns={"cause_label": "cause", "nonconformities": "number"})
    return pareto(found[["cause", "number"]], "Số phiếu")


def pareto(counted: pd.DataFrame, title: str) -> Any:
    """`cause` and `number`, the most frequent first, and the share they make together."""
    import altair
    import pandas as pd

    if counted.empty:
        return None
    rest = counted["number"][MOST_CAUSES:].sum()
    others = pd.DataFrame({"cause": ["Còn lại"], "number": [rest]})
    shown = pd.concat([counted.head(MOST_CAUSES), others[others["number"] > 0]])
    values = shown.assign(share=100 * shown["number"].cumsum() / shown["number"].sum())
    axis = altair.Axis(labelLimit=300)
    base = altair.Chart(data(values)).encode(y=altair.Y("cause:N", title=None, sort=None, axis=axis))
    number = altair.X("number:Q", title=title, axis=altair.Axis(tickMinStep=1, format=",d"))
    bars = base.mark_bar(color=ACTUAL, opacity=0.75).encode(x=number)
    labels = base.mark_text(align="left", dx=4, font=FONT).encode(
        x="number:Q", text=altair.Text("number:Q", format=",d")
    )
    share = altair.X("share:Q", title="% cộng dồn", scale=altair.Scale(domain=[0, 105]), axis=altair.Axis(grid=False))
    line = base.mark_line(color=TARGET, point=altair.OverlayMarkDef(color=TARGET), order=False).encode(x=share)
    return (
        altair.layer(bars + labels, line).resolve_scale(x="independent").properties(width=330, height=20 * len(values))
    )
