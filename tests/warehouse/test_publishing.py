"""The readers' copy: the gate, the versions, the pointer, and readers who never notice."""

import json
import stat
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from tests.support.source import NOON, Clock
from warehouse import building, ledger
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.publishing import PublicationRefused, Published, latest, publish
from warehouse.reading import manifest_of, sha256_of
from warehouse.validation import Outcome
from warehouse.verifying import verify


JUNE, JULY = date(2025, 6, 30), date(2025, 7, 31)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published"


def publish_figures(warehouse: Database, folder: Path, closing_date: date, figure: int, keep: int = 10) -> Published:
    """One figure of a closing date, beside those of others, and a scoreboard of that date alone."""
    ledger.set_closing(warehouse, closing_date, "r")
    warehouse.query(
        "create table if not exists marts.indicator_result (closing_date date, actual integer, run_id varchar)"
    )
    warehouse.query("delete from marts.indicator_result where closing_date = $1", [closing_date])
    warehouse.query("insert into marts.indicator_result values ($1, $2, 'r')", [closing_date, figure])
    warehouse.query("create or replace table marts.scoreboard as select $1 as actual", [figure])
    return publish(warehouse, folder, run_id="r", closing_date=closing_date, keep=keep)


def read(folder: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "mtcl.duckdb"), read_only=True) as reader:
        return reader.execute(sql).fetchall()


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def verdict(severity: str, success: bool) -> Sequence[Outcome]:
    rule = Rule("balanced", "E", {}, severity, "Sai", "Sửa")  # type: ignore[arg-type]  # parametrised
    return [Outcome(rule, success, 0, 1, [])]


def test_a_version_is_a_file_with_a_manifest_and_the_pointer_names_it(warehouse: Database, folder: Path) -> None:
    warehouse.query("create table reference.versions as select 'targets' as name, 'abc' as content_hash")
    published = publish_figures(warehouse, folder, JUNE, 1)
    assert published.version == "mtcl-2025-06-30-1"
    assert (folder / "mtcl.duckdb").resolve() == published.path
    assert latest(folder) == published
    assert json.loads((folder / "mtcl-2025-06-30-1.json").read_text(encoding="utf-8")) == published.manifest
    tables = published.manifest.pop("tables")
    assert published.manifest == {
        "version": "mtcl-2025-06-30-1",
        "closing_date": "2025-06-30",
        "newest_closing_date": "2025-06-30",
        "run_id": "r",
        "created_at": NOON.isoformat(),
        "versions": {"targets": "abc"},
        "file_sha256": sha256_of(published.path),
        "actions_sha256": None,
        "aggregate": published.manifest["aggregate"],
        "sequence": 1,
        "previous": None,
        "signed_by": None,
    }
    assert tables["marts.scoreboard"] == {"rows": 1, "content_hash": building.table_hash(warehouse, "marts.scoreboard")}
    assert set(tables) == {
        "marts.scoreboard",
        "marts.indicator_result",
        "reference.closing",
        "reference.home",
        "reference.versions",
        "data_dictionary.columns",
        "data_dictionary.lineage",
        "data_dictionary.tables",
        "data_dictionary.values",
    }


def test_only_published_schemas_leave_the_warehouse_and_old_clients_can_read_them(
    warehouse: Database, folder: Path
) -> None:
    publish_figures(warehouse, folder, JUNE, 1)
    schemas = read(folder, "select schema_name from duckdb_schemas() where not internal order by all")
    assert [name for (name,) in schemas] == ["bao_cao", "core", "data_dictionary", "marts", "reference"]
    assert read(folder, "select tags['storage_version'] from duckdb_databases() where path is not null") == [
        ("v1.4.0+",)
    ]
    modes = {path.suffix: stat.S_IMODE(path.stat().st_mode) for path in folder.glob("mtcl-*")}
    assert modes == {".duckdb": 0o440, ".json": 0o440}


def test_equal_content_has_equal_hashes_in_every_version(warehouse: Database, folder: Path, clock: Clock) -> None:
    first = publish_figures(warehouse, folder, JUNE, 1)
    clock.now += timedelta(days=1)
    second = publish_figures(warehouse, folder, JUNE, 1)
    assert second.version == "mtcl-2025-06-30-2"
    assert second.manifest["tables"] == first.manifest["tables"]


@pytest.mark.parametrize(
    ("severity", "success", "passes"), [("critical", False, False), ("warning", False, True), ("critical", True, True)]
)
def test_a_failed_critical_check_of_the_run_keeps_the_gate_shut(
    warehouse: Database, folder: Path, severity: str, success: bool, passes: bool
) -> None:
    before = publish_figures(warehouse, folder, JUNE, 1)
    ledger.record_checks(warehouse, "r", "core.dossiers", verdict(severity, success))
    if passes:
        assert publish_figures(warehouse, folder, JUNE, 2).version == "mtcl-2025-06-30-2"
    else:
        with pytest.raises(PublicationRefused, match=r"1 quy tắc bắt buộc không đạt \(core.dossiers: balanced\)"):
            publish_figures(warehouse, folder, JUNE, 2)
        assert latest(folder) == before
        warehouse.query("update ledger.checks set run_id = 'an earlier run'")
        assert publish_figures(warehouse, folder, JUNE, 2).version == "mtcl-2025-06-30-2"


def test_the_newest_versions_are_kept_and_always_the_one_pointed_to(
    warehouse: Database, folder: Path, clock: Clock
) -> None:
    for figure in range(4):
        clock.now += timedelta(days=1)
        publish_figures(warehouse, folder, JUNE, figure, keep=2)
    assert files(folder) == [
        "manifests",
        "mtcl-2025-06-30-3.duckdb",
        "mtcl-2025-06-30-3.json",
        "mtcl-2025-06-30-4.duckdb",
        "mtcl-2025-06-30-4.json",
        "mtcl.duckdb",
    ]
    assert files(folder / "manifests") == ["mtcl-2025-06-30-1.json", "mtcl-2025-06-30-2.json"]
    clock.now -= timedelta(days=30)  # a clock set back makes the current version the oldest
    publish_figures(warehouse, folder, JUNE, 9, keep=1)
    assert [path.name for path in sorted(folder.glob("mtcl-*.duckdb"))] == [
        "mtcl-2025-06-30-4.duckdb",  # a reader may have followed the pointer here and not opened the file yet
        "mtcl-2025-06-30-5.duckdb",
    ]
    assert read(folder, "select actual from marts.scoreboard") == [(9,)]


def test_the_version_of_a_closing_is_kept_beside_the_newest(warehouse: Database, folder: Path, clock: Clock) -> None:
    closed = publish_figures(warehouse, folder, JUNE, 0)
    warehouse.query(
        "insert into ledger.closings by name select '2025-06' as period, 1 as number, $1 as version", [closed.version]
    )
    for figure in range(1, 5):
        clock.now += timedelta(days=1)
        publish_figures(warehouse, folder, JUNE, figure, keep=2)
    assert [path.name for path in sorted(folder.glob("mtcl-*.duckdb"))] == [
        "mtcl-2025-06-30-1.duckdb",
        "mtcl-2025-06-30-4.duckdb",
        "mtcl-2025-06-30-5.duckdb",
    ]
    assert closed.path.with_suffix(".json").exists()
    assert verify(folder).is_whole


def test_a_past_closing_date_adds_its_figures_and_leaves_the_scoreboard(warehouse: Database, folder: Path) -> None:
    publish_figures(warehouse, folder, JULY, 7)
    past = publish_figures(warehouse, folder, JUNE, 6)
    assert (past.manifest["closing_date"], past.manifest["newest_closing_date"]) == ("2025-06-30", "2025-07-31")
    assert read(folder, "select closing_date, actual from marts.indicator_result order by all") == [
        (JUNE, 6),
        (JULY, 7),
    ]
    assert read(folder, "select actual from marts.scoreboard") == [(7,)]
    assert read(folder, "select closing_date from reference.closing") == [(JULY,)]
    publish_figures(warehouse, folder, JUNE, 5)
    assert read(folder, "select actual from marts.scoreboard") == [(7,)]
    publish_figures(warehouse, folder, JULY, 8)
    assert read(folder, "select actual from marts.scoreboard") == [(8,)]


def test_earlier_closing_dates_take_the_columns_of_the_newest(warehouse: Database, folder: Path) -> None:
    publish_figures(warehouse, folder, JUNE, 6)
    warehouse.query("alter table marts.indicator_result alter actual type smallint")
    warehouse.query("alter table marts.indicator_result drop run_id")
    warehouse.query("alter table marts.indicator_result add run_id varchar")
    warehouse.query("alter table marts.indicator_result add unit varchar default 'VP'")
    ledger.set_closing(warehouse, JULY, "r")
    warehouse.query("insert into marts.indicator_result values ($1, 7, 'r', 'VP')", [JULY])
    publish(warehouse, folder, run_id="r", closing_date=JULY)
    assert read(folder, "from marts.indicator_result order by all") == [(JUNE, 6, "r", None), (JULY, 7, "r", "VP")]
    assert ("actual", "SMALLINT") in read(folder, "select name, type from pragma_table_info('marts.indicator_result')")


def test_what_a_killed_run_left_is_cleared_away(warehouse: Database, folder: Path) -> None:
    publish_figures(warehouse, folder, JUNE, 1)
    for name in (
        "mtcl-2025-06-30-2.duckdb.unfinished",
        "mtcl-2025-06-30-2.duckdb.unfinished.wal",
        "mtcl-2025-06-30-2.duckdb",
    ):
        (folder / name).write_text("half", encoding="utf-8")
    for name in (
        "mtcl-2025-06-29-1.json.sig",
        "mtcl-2025-06-29-1.html",
        "mtcl-2025-06-29-1.js",
        "mtcl-2025-06-30-2.html.unfinished",
    ):
        (folder / name).write_text("{}", encoding="utf-8")
    (folder / "mtcl.duckdb.unfinished").symlink_to("nowhere")
    assert publish_figures(warehouse, folder, JUNE, 2).version == "mtcl-2025-06-30-2"
    assert files(folder) == [
        "mtcl-2025-06-30-1.duckdb",
        "mtcl-2025-06-30-1.json",
        "mtcl-2025-06-30-2.duckdb",
        "mtcl-2025-06-30-2.json",
        "mtcl.duckdb",
    ]


READ_UNTIL_TOLD = """
import sys, threading
import duckdb
told = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), told.set()), daemon=True).start()
seen = []
while True:
    last = told.is_set()
    with duckdb.connect(sys.argv[1], read_only=True) as reader:
        board, = reader.execute("select actual from marts.scoreboard").fetchall()[0]
        figure, = reader.execute("select actual from marts.indicator_result").fetchall()[0]
    assert board == figure, (board, figure)
    if board not in seen:
        seen.append(board)
        print(board, flush=True)
    if last:
        break
"""


def test_a_reader_in_another_process_reads_on_while_versions_are_published(warehouse: Database, folder: Path) -> None:
    publish_figures(warehouse, folder, JUNE, 0)
    command = [sys.executable, "-c", READ_UNTIL_TOLD, str(folder / "mtcl.duckdb")]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "0\n"
        for figure in (1, 2, 3):
            publish_figures(warehouse, folder, JUNE, figure, keep=1)
            assert reader.stdout.readline() == f"{figure}\n"
        _, errors = reader.communicate("enough\n", timeout=30)
    assert (reader.returncode, errors) == (0, "")


@pytest.mark.parametrize("loss", [Path.unlink, lambda file: file.write_bytes(b"{")])
def test_a_manifest_that_is_lost_or_cut_holds_no_publication_up(
    warehouse: Database, tmp_path: Path, loss: Callable[[Path], None]
) -> None:
    folder = tmp_path / "published"
    file = publish_figures(warehouse, folder, JUNE, 1).path
    manifest_of(file).chmod(0o600)
    loss(manifest_of(file))
    publish_figures(warehouse, folder, JULY, 2)
    assert read(folder, "select closing_date from marts.indicator_result order by all") == [(JUNE,), (JULY,)]
