"""How far a run is, where nobody watches a bar."""

import logging
from io import StringIO
from types import SimpleNamespace

import dagster as dg
import pytest
from rich.console import Console

from pipelines.terminal import TerminalHandler


def event(kind: dg.DagsterEventType) -> logging.LogRecord:
    record = logging.LogRecord("mtcl", logging.DEBUG, "", 0, "", None, None)
    record.dagster_meta = {"dagster_event": SimpleNamespace(event_type=kind, step_key="staging")}
    return record


@pytest.mark.parametrize(("steps", "lines"), [(110, 10), (4, 4)])
def test_each_tenth_of_the_steps_is_a_line_and_the_last_says_all(steps: int, lines: int) -> None:
    written = StringIO()
    handler = TerminalHandler(steps, Console(file=written))
    for _ in range(steps):
        handler.emit(event(dg.DagsterEventType.STEP_START))
        handler.emit(event(dg.DagsterEventType.STEP_SUCCESS))
    told = written.getvalue().splitlines()
    assert (len(told), told[-1]) == (lines, f"Tiến độ: {steps}/{steps} bước")


def test_on_a_terminal_one_bar_counts_them() -> None:
    written = StringIO()
    handler = TerminalHandler(2, Console(file=written, force_terminal=True, width=120))
    for kind in (dg.DagsterEventType.STEP_START, dg.DagsterEventType.STEP_SUCCESS, dg.DagsterEventType.RUN_SUCCESS):
        handler.emit(event(kind))
    assert "1/2" in written.getvalue()
    assert "Tiến độ" not in written.getvalue()
