"""Tables for people: Markdown for Dagster's pages."""

from typing import TYPE_CHECKING, Any


if TYPE_CHECKING:
    import pandas as pd


SCOREBOARD = {
    "indicator": "Chỉ tiêu",
    "label": "Nội dung",
    "actual": "Kết quả",
    "numerator": "Tử số",
    "denominator": "Mẫu số",
    "target": "Chỉ tiêu giao",
    "verdict": "Kết luận",
    "trend": "Xu hướng",
    "forecast_year_end": "Dự báo cuối năm",
    "successes_needed": "Số hồ sơ đúng hạn còn cần",
    "as_of": "Ngày chốt",
}
SHARES = ("actual", "target", "forecast_year_end", "lower_bound", "upper_bound")


def markdown(name: str, frame: "pd.DataFrame") -> str:
    """The scoreboard with the officer's words, any other table with its own columns."""
    labels = SCOREBOARD if name == "scoreboard" else {column: column for column in map(str, frame.columns)}
    columns = {column: label for column, label in labels.items() if column in frame}
    rows = [[cell(column, row[column]) for column in columns] for row in frame.to_dict("records")]
    rule = ["---"] * len(columns)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in [list(columns.values()), rule, *rows])


def cell(column: str, value: Any) -> str:
    if value is None or value != value or str(value) == "NaT":
        return "—"
    if column in SHARES:
        return percent(float(value))
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value).removesuffix(" 00:00:00").replace("|", "\\|").replace("\n", " ")


def percent(share: float) -> str:
    """0.97 → 97,00 %, with the decimal comma of Vietnamese."""
    return f"{share * 100:.2f} %".replace(".", ",")
