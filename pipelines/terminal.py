"""A run on a terminal: a bar that fills step by step, and the lines that matter. Elsewhere the lines alone."""

import logging
import sys
from typing import Any

import dagster as dg
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


# Dagster's word on every step that did not run because of one that failed.
CONSEQUENCE = "Dependencies for step "


class TerminalHandler(logging.Handler):
    """Writes to standard error, so that `--json` stays alone on standard output."""

    def __init__(self) -> None:
        super().__init__()
        self.console = Console(file=sys.stderr, highlight=False)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self._progress = Progress(*columns, console=self.console, transient=True, disable=not self.console.is_terminal)
        self._task = self._progress.add_task("Bắt đầu", total=None)

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
            self._progress.advance(self._task)
        elif kind in (dg.DagsterEventType.RUN_SUCCESS, dg.DagsterEventType.RUN_FAILURE):
            self._progress.stop()


def said(record: logging.LogRecord, meta: dict[str, Any]) -> str:
    return str(meta.get("orig_message") or record.getMessage())


@dg.logger({}, description="Tiến độ trên màn hình dòng lệnh.")
def terminal_logger(context: dg.InitLoggerContext) -> logging.Logger:
    logger = logging.Logger("mtcl", logging.DEBUG)
    logger.addHandler(TerminalHandler())
    return logger
