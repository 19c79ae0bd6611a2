"""What a run did, line by line, for the command line."""

from pathlib import Path

from assets.raw.outcomes import KEPT, KEPT_BESIDE
from assets.sources import collections, systems
from pipelines.running import RunReport


OUTCOMES = {"succeeded": "tốt", "failed": "lỗi", "skipped": "chưa cấu hình", "not_asked": "chưa hỏi"}


def report(found: RunReport) -> list[str]:
    lines = []
    titles = systems()
    for system, source in found.systems.items():
        line = f"{titles[system]}: {OUTCOMES[source.outcome]}"
        if source.outcome == "succeeded":
            line += f", {source.records} bản ghi đã đọc, {source.landed} mới, {source.requests} yêu cầu"
        elif source.error and found.published:
            line += f". {source.error}"
        lines.append(line)
    lines += [f"[red]{problem}[/red]" for problem in found.problems]
    if found.published:
        lines.append(f"Đã công bố {found.version} sau {found.duration_s:.0f} giây.")
        failed = {system for system, source in found.systems.items() if source.outcome == "failed"}
        if failed:
            kept = KEPT_BESIDE if failed <= beside() else KEPT
            lines.append(f"[bold yellow]Có nguồn không đọc được.[/bold yellow] {kept}")
    else:
        lines.append("[bold red]Không công bố.[/bold red] Bản đã công bố trước đó (nếu có) vẫn giữ nguyên.")
    if found.matches_truth is not None:
        lines.append(
            "Tử số, mẫu số của mọi mục tiêu, mọi định nghĩa khớp hoàn toàn với số liệu gốc của bộ mô phỏng."
            if found.matches_truth
            else "[bold red]Số liệu KHÔNG khớp với số liệu gốc của bộ mô phỏng.[/bold red]"
        )
    return lines


def where_to_look(published: Path) -> str:
    """After a run, so that whoever has just begun has something to open."""
    return (
        f"Xem tiếp: trang lãnh đạo {published / 'index.html'}; bàn làm việc và Dagster: make ui (hoặc mtcl ui), rồi mở"
        " http://127.0.0.1:3000/desk/"
    )


def beside() -> set[str]:
    """The systems of which no figure of ours takes anything."""
    ours = {source.system for source, collection in collections() if not collection.is_beside}
    return set(systems()) - ours
