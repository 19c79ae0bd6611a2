"""Tables for people: rows of the marts, and Markdown for Dagster's pages."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from assets.reports.formats import day, measured, percent
from warehouse import dictionary


# Narrow enough for the column that Dagster leaves, and under the 1,000 characters beyond which it hides a text behind a
# link; everything else of the scoreboard stands in the report.
SCOREBOARD = {
    "indicator": "Chỉ tiêu",
    "actual": "Kết quả",
    "counted": "Đạt / xét",
    "target": "Mức giao",
    "verdict": "Kết luận",
}
BARS = "▁▂▃▄▅▆▇█"
SHARES = ("actual", "target", "forecast_year_end", "lower_bound", "upper_bound")


def markdown(table: str, found: list[dict[str, Any]]) -> str:
    """The scoreboard in few columns, any other table whole; heads and codes in the words of the dictionary."""
    if not found:
        return "Không có dòng nào."
    labels = SCOREBOARD if table == "marts.scoreboard" else heads(table, list(found[0]))
    columns = {column: label for column, label in labels.items() if column in found[0]}
    body = [[told(column, row) for column in columns] for row in found]
    rule = ["---"] * len(columns)
    return "\n".join(f"|{'|'.join(cells)}|" for cells in [list(columns.values()), rule, *body])


def heads(table: str, columns: list[str]) -> dict[str, str]:
    """What a column is called; of two that are called alike, the second by its own name as well."""
    words, found = dictionary.load(), dict[str, str]()
    for name in columns:
        column = words.column(table, name)
        label = column.label if column else name
        found[name] = f"{label} ({name})" if label in found.values() else label
    return found


def told(column: str, row: dict[str, Any]) -> str:
    """A cell; a figure that is no rate in its own unit."""
    if column in SHARES and row.get("measure", "rate") != "rate" and row[column] is not None:
        return measured(float(row[column]), SimpleNamespace(**row))
    return cell(column, row[column])


def reasons(found: list[dict[str, Any]]) -> str:
    """One line for each verdict that the figure alone does not explain."""
    told = (
        f"- **{row['indicator']}** {row['verdict']}: {row['verdict_reason']}" for row in found if row["verdict_reason"]
    )
    return "\n".join(told) or "Các con số đã đủ rõ."


def year(found: list[dict[str, Any]]) -> str:
    """One line of bars per indicator: months without a figure are a dot, the lowest month the lowest bar."""
    lines = ["|Chỉ tiêu|Từng tháng|Thấp nhất|Mới nhất|", "|---|---|---|---|"]
    for row in found:
        known = [share for share in row["shares"] if share is not None]
        if known:
            lines.append(f"|{row['indicator']}|{bars(row['shares'])}|{percent(min(known))}|{percent(known[-1])}|")
    return "\n".join(lines)


def bars(shares: list[float | None]) -> str:
    known = [share for share in shares if share is not None]
    low, high = min(known), max(known)
    if low == high:
        return "".join("·" if share is None else BARS[-1] for share in shares)
    steps = (len(BARS) - 1) / (high - low)
    return "".join("·" if share is None else BARS[round((share - low) * steps)] for share in shares)


def cell(column: str, value: Any) -> str:
    if value is None:
        return "—"
    if isinstance(value, date) and not isinstance(value, datetime):
        return day(value)
    if column in SHARES:
        return percent(float(value))
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, datetime):
        return f"{day(value.date())} {value:%H:%M}"
    if isinstance(value, list):
        return ", ".join(str(part) for part in value)
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return dictionary.load().label(column, str(value)).replace("|", "\\|").replace("\n", " ")
