"""Dagster's own history, kept our way: whoever looks at a run that runs sees what it says."""

from pathlib import Path
from threading import Event
from uuid import uuid4

import dagster as dg

from pipelines.instance import opened
from pipelines.instance import prepare as prepared


@dg.job
def nothing() -> None:
    return None


def test_what_a_run_says_reaches_whoever_watches_it_while_it_runs(tmp_path: Path) -> None:
    reached = Event()

    def heard(entry: dg.EventLogEntry, cursor: str) -> None:
        if entry.dagster_event and entry.dagster_event.message == "đọc được trang đầu":
            reached.set()

    run_id = str(uuid4())
    with opened(prepared(tmp_path / "dagster")) as writing, opened(tmp_path / "dagster") as watching:
        run = writing.create_run_for_job(nothing, run_id=run_id)
        writing.report_engine_event("lần chạy bắt đầu", run)
        watching.watch_event_logs(run_id, None, heard)
        writing.report_engine_event("đọc được trang đầu", run)
        assert reached.wait(20)
        watching.end_watch_event_logs(run_id, heard)
