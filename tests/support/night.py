"""A night's work in small: read two sources, build, check, set aside, publish. May be killed at any commit."""

import os
import signal
from collections.abc import Callable
from datetime import date
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

from tests.support.source import Clock, pages, record
from warehouse import building, ledger, models, publishing, quarantine
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse
from warehouse.validation import Outcome


CLOSING = date(2025, 7, 1)
MODELS = {
    "staging/portal__dossiers.sql": "select *, payload ->> '$.body' as body from raw.portal__dossiers"
    " qualify row_number() over (partition by record_key order by version desc) = 1",
    "core/dossiers.sql": "select record_key, body from staging.portal__dossiers as staged"
    " where record_key not in (select record_key from quarantine.records)",
    "marts/indicator_result.sql": "-- partitioned by closing_date\n"
    "select closing_date, (select count(*) from core.dossiers) as actual from reference.closing",
    "marts/scoreboard.sql": "select actual from marts.indicator_result",
}
RULE = Rule("body_is_not_three", "E", {}, "warning", "Sai", "Sửa", quarantine=True, source=("portal", "dossiers"))


def work(folder: Path, on_commit: Callable[[str], None]) -> None:
    """Everything that a run does to the disk; the same again when it is run again."""
    for path, sql in MODELS.items():
        (folder / "models" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "models" / path).write_text(sql, encoding="utf-8")
    with open_warehouse(folder / "warehouse.duckdb", clock=Clock(), on_commit=on_commit) as warehouse:
        ledger.start_run(warehouse, "run", CLOSING)
        read_sources(warehouse)
        ledger.set_closing(warehouse, CLOSING, "run")
        for model in models.load(folder / "models"):
            building.build(warehouse, model)
            if model.table == "staging.portal__dossiers":
                check(warehouse, model.table)
        published = publishing.publish(warehouse, folder / "published", run_id="run", closing_date=CLOSING)
        ledger.end_run(warehouse, "run", "succeeded", version=published.version)


def read_sources(warehouse: Database) -> None:
    day = "2025-06-0{}T08:00:00.000+0700".format
    dossiers = [record(f"H{number % 7}", number, day(1 + number % 3)) for number in range(12)]
    for resource, records in (("dossiers", dossiers), ("agencies", [record("a"), record("b")])):
        with Extraction(warehouse, "portal", resource, run_id="run", batch_records=5) as extraction:
            for page in pages(records, 2):
                extraction.add(page)
            extraction.finish(cursor=day(3), complete=resource == "agencies")


def check(warehouse: Database, table: str) -> None:
    """In place of Great Expectations, which has nothing to do with commits and takes seconds to import."""
    failing = [key for (key,) in warehouse.query(f"select record_key from {table} where body = '3' order by all")]
    outcomes = [Outcome(RULE, not failing, len(failing), building.rows(warehouse, table), failing)]
    ledger.record_checks(warehouse, "run", table, outcomes)
    quarantine.set_aside(warehouse, table, outcomes)


def work_and_die(folder: Path, at: int) -> None:
    """Kills its own process, without a word, at the commit point of that number."""
    passed: list[str] = []

    def die_in_time(point: str) -> None:
        passed.append(point)
        if len(passed) == at:
            os.kill(os.getpid(), signal.SIGKILL)

    work(folder, die_in_time)


def work_on_a_full_disk(folder: Path, free: int) -> None:
    """No file may grow beyond so many bytes: what a full disk says, without one."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    setrlimit(RLIMIT_FSIZE, (free, free))
    work(folder, lambda _: None)
