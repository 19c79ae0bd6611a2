"""A run on a terminal: one bar over all its steps, and the lines that matter. Elsewhere lines, and how far it is."""

import logging
import sys
from typing import Any

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn


# Dagster's word on every step that did not run because of one that failed.
CONSEQUENCE = "Dependencies for step "
# Of the steps; more lines than that would hide the others in a file.
TOLD_SHARES = 10


class TerminalHandler(logging.Handler):
    """Writes to standard error, so that `--json` stays alone on standard output. `steps`: of the whole run."""

    def __init__(self, steps: int, console: Console | None = None) -> None:
        super().__init__()
        # Asked once: while a step runs, Dagster leads what is written here through a file of its own.
        self.console = console or Console(file=sys.stderr, highlight=False, force_terminal=sys.stderr.isatty())
        columns = (
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("còn"),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        shown = self.console.is_terminal
        # Twice a second: ten times cost a night a seventh of its processor.
        self._progress = Progress(
            *columns, console=self.console, transient=True, disable=not shown, refresh_per_second=2
        )
        self._task = self._progress.add_task("Bắt đầu", total=steps)
        self._steps, self._done = steps, 0

    def emit(self, record: logging.LogRecord) -> None:
        meta: dict[str, Any] = getattr(record, "dagster_meta", {})
        event = meta.get("dagster_event")
        if event is not None:
            self._show_event(event)
        elif said(record, meta).startswith(CONSEQUENCE):
            return
        elif record.levelno >= logging.WARNING:
            self.console.print(f"[yellow]{said(record, meta)}[/yellow]", soft_wrap=True)
        elif record.levelno >= logging.INFO:
            self._progress.update(self._task, description=said(record, meta)[:72])
            if not self.console.is_terminal:
                self.console.print(said(record, meta), soft_wrap=True, markup=False)

    def _show_event(self, event: dg.DagsterEvent) -> None:
        kind = event.event_type
        if kind == dg.DagsterEventType.STEP_START:
            self._progress.start()
            self._progress.update(self._task, description=(event.step_key or "").replace("__", "/", 1))
        elif kind in (dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.STEP_SKIPPED):
            self._advance()
        elif kind in (dg.DagsterEventType.RUN_SUCCESS, dg.DagsterEventType.RUN_FAILURE):
            self._progress.stop()

    def _advance(self) -> None:
        self._progress.advance(self._task)
        before, self._done = self._done, self._done + 1
        if (
            not self.console.is_terminal
            and self._done * TOLD_SHARES // self._steps > before * TOLD_SHARES // self._steps
        ):
            self.console.print(f"Tiến độ: {self._done}/{self._steps} bước", soft_wrap=True, markup=False)


def said(record: logging.LogRecord, meta: dict[str, Any]) -> str:
    return str(meta.get("orig_message") or record.getMessage())


@dg.logger({"steps": int}, description="Tiến độ trên màn hình dòng lệnh.")
def terminal_logger(context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.Logger("mtcl", logging.DEBUG)
    logger.addHandler(TerminalHandler(context.logger_config["steps"]))
    return logger
