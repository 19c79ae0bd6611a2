"""Tables and sentences of the command line, in Vietnamese."""

import sys
from datetime import date, datetime
from typing import Any

from rich.console import Console
from rich.table import Table

from assets.sources import systems
from assets.tables import percent
from pipelines.published import Row
from pipelines.running import RunReport


STYLES = {"Đạt": "bold green", "Chưa đạt": "bold red"}
OUTCOMES = {"succeeded": "tốt", "failed": "lỗi", "skipped": "chưa cấu hình", "not_asked": "chưa hỏi"}
OPERATORS = {">=": "≥", "<=": "≤"}


# What a file or another program gets is as wide as the tables need.
PAGE_WIDTH = 132


def console() -> Console:
    return Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else PAGE_WIDTH)


def verdict(text: str) -> str:
    style = STYLES.get(text, "bold yellow")
    return f"[{style}]{text}[/{style}]"


def share(value: float | None) -> str:
    return "—" if value is None else percent(value)


def moment(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else "—"


def scoreboard(rows: list[Row]) -> Table:
    as_of = moment(rows[0]["as_of"]) if rows else "—"
    table = Table(title=f"Bảng điểm, lũy kế từ đầu năm đến {as_of}")
    for name in ("", "Kết quả", "Đạt / xét", "Mức giao", "Kết luận", "Xu hướng", "Còn cần"):
        left = name in ("", "Kết luận", "Xu hướng")
        table.add_column(name, justify="left" if left else "right", no_wrap=True)
    table.add_column("Nội dung", overflow="fold")
    for row in rows:
        table.add_row(
            row["indicator"],
            share(row["actual"]),
            f"{row['numerator']} / {row['denominator']}",
            f"{OPERATORS.get(row['operator'], '')} {share(row['target'])}",
            verdict(row["verdict"]),
            row["trend"] or "—",
            "—" if row["successes_needed"] is None else str(row["successes_needed"]),
            "\n".join(filter(None, (row["label"], row["verdict_reason"]))),
        )
    return table


def figures(rows: list[Row]) -> Table:
    """All definitions; the headline one is marked."""
    as_of = moment(rows[0]["closing_date"]) if rows else "—"
    table = Table(title=f"Theo từng định nghĩa, đến {as_of}")
    for name in ("Chỉ tiêu", "Định nghĩa", "Tử số", "Mẫu số", "Kết quả", "Kết luận"):
        table.add_column(name, justify="right" if name in ("Tử số", "Mẫu số", "Kết quả") else "left")
    for row in rows:
        definition = f"{row['definition']} (chính)" if row["is_headline"] else row["definition"]
        numbers = (str(row["numerator"]), str(row["denominator"]), share(row["actual"]))
        table.add_row(row["indicator"], definition, *numbers, verdict(row["verdict"]))
    return table


def report(found: RunReport) -> list[str]:
    """What the run did, line by line."""
    lines = []
    titles = systems()
    for system, source in found.systems.items():
        line = f"{titles[system]}: {OUTCOMES[source.outcome]}"
        if source.outcome == "succeeded":
            line += f", {source.records} bản ghi đã đọc, {source.landed} mới, {source.requests} yêu cầu"
        lines.append(line)
    lines += [f"[red]{problem}[/red]" for problem in found.problems]
    if found.published:
        lines.append(f"Đã công bố {found.version} sau {found.duration_s:.0f} giây.")
    else:
        lines.append("[bold red]Không công bố.[/bold red] Bản đã công bố trước đó (nếu có) vẫn giữ nguyên.")
    if found.matches_truth is not None:
        lines.append(
            "Tử số, mẫu số của mọi mục tiêu, mọi định nghĩa khớp hoàn toàn với số liệu gốc của bộ mô phỏng."
            if found.matches_truth
            else "[bold red]Số liệu KHÔNG khớp với số liệu gốc của bộ mô phỏng.[/bold red]"
        )
    return lines


def told(paragraphs: list[str]) -> None:
    """Plain paragraphs: broken between words on a terminal, a line each where a file or a program reads them."""
    page = console()
    for text in paragraphs:
        page.print(text, markup=False, soft_wrap=not page.is_terminal)
