"""The shared store on a real PostgreSQL: appended whole or not at all, once, and one publication of each is seen."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.support import lake, postgres
from tests.support.command_line import PROJECT
from tests.support.lake import DAY, ROWS, TABLES, LakeShell, published
from tests.support.postgres import PASSWORD


pytestmark = [
    pytest.mark.skipif(postgres.programs() is None, reason="no PostgreSQL server on this machine"),
    pytest.mark.skipif(lake.python() is None, reason="no environment of the lake: make lake"),
]
WRITER, READER = (PROJECT / "tests" / "support" / f"lake_{name}.py" for name in ("writer", "reader"))


@pytest.fixture(scope="module")
def shell() -> Iterator[LakeShell]:
    with lake.running() as found:
        yield found


def marks(shell: LakeShell, organisation: str) -> list[list[int]]:
    """Of every table: which publication is seen and how many rows of it."""
    asked = " union all ".join(
        f"select min(mark), max(mark), count(*) from {table} where organisation = '{organisation}'" for table in TABLES
    )
    return shell.asks(asked)


def seen(number: int) -> list[list[int]]:
    return [[number, number, ROWS]] * len(TABLES)


def test_a_publication_is_appended_once_and_the_newest_of_each_is_seen(shell: LakeShell, tmp_path: Path) -> None:
    first, second = published(tmp_path, 1), published(tmp_path, 2)
    assert shell.says("append", "H01", first)["is_new"] is True
    again = shell.says("append", "H01", first)
    assert (again["is_new"], again["rows"]) == (False, 0)
    assert marks(shell, "H01") == seen(1)
    shell.says("append", "H01", second)
    shell.says("append", "H02", first)
    assert (marks(shell, "H01"), marks(shell, "H02")) == (seen(2), seen(1))
    assert shell.asks("select organisation, version from store.pointers order by all")[:2] == [
        ["H01", f"mtcl-{DAY}-2"],
        ["H02", f"mtcl-{DAY}-1"],
    ]


@pytest.mark.parametrize("point", [f"after {TABLES[1]}", "before commit"])
def test_a_writer_that_is_killed_leaves_nothing_that_is_seen_and_is_begun_anew(
    shell: LakeShell, tmp_path: Path, point: str
) -> None:
    code = f"K{len(point)}"
    todo = [(code, str(published(tmp_path, number))) for number in (1, 2)]
    process = subprocess.run(
        [str(lake.python()), WRITER, json.dumps(todo)], env=shell.environment | {"DIE_AT": point}, check=False
    )
    assert process.returncode == -signal.SIGKILL
    assert marks(shell, code) == seen(1)
    assert shell.says("append", code, todo[1][1])["is_new"] is True
    assert marks(shell, code) == seen(2)


def test_an_organisation_takes_a_publication_back_and_the_one_before_is_seen(shell: LakeShell, tmp_path: Path) -> None:
    for number in (1, 2):
        shell.says("append", "W01", published(tmp_path, number))
    assert shell.says("withdraw", "W01", f"mtcl-{DAY}-2") == {"withdrawn": 1}
    assert marks(shell, "W01") == seen(1)


def test_a_column_that_is_new_is_added_and_earlier_publications_have_none(shell: LakeShell, tmp_path: Path) -> None:
    shell.says("append", "C01", published(tmp_path, 1, {"marts.widened": "select 1 as mark"}))
    shell.says("append", "C02", published(tmp_path, 2, {"marts.widened": "select 2 as mark, 'x' as told"}))
    assert shell.asks("select organisation, mark, told from marts.widened order by all") == [
        ["C01", 1, None],
        ["C02", 2, "x"],
    ]


def test_raw_is_told_by_what_is_new_and_the_newest_telling_counts(shell: LakeShell, tmp_path: Path) -> None:
    shape = "select {key} as record_key, 'portal__dossiers' as source_table, 1 as version, 'h' as content_hash"
    for number, (keys, gone) in enumerate([("1, 2", "null"), ("2, 3", "'2025-12-31'")], 1):
        folder = tmp_path / f"beside-{number}"
        folder.mkdir()
        rows = shape.format(key=f"unnest([{keys}])") + f", {gone}::varchar as withdrawn_at"
        with duckdb.connect() as connection:
            connection.execute(f"copy ({rows}) to '{folder}/raw.versions.parquet'")
        until = f"2025-12-3{number - 1}T00:00:00+07:00"
        shell.says("append", "R01", published(tmp_path, number), "--beside", folder, "--raw-until", until)
    assert shell.asks("select record_key, withdrawn_at from raw.versions where organisation = 'R01' order by all") == [
        [1, None],
        [2, "2025-12-31"],
        [3, "2025-12-31"],
    ]
    assert shell.says("since", "R01")["raw_until"].startswith("2025-12-30 17:00")


def test_old_appends_go_files_become_few_and_what_is_seen_stays(shell: LakeShell, tmp_path: Path) -> None:
    for number in range(1, 5):
        shell.says("append", "F01", published(tmp_path, number))
    orphan = shell.data / "marts" / "orphan.parquet"
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"left by a writer that was killed")
    os.utime(orphan, (0, 0))
    told = shell.says("keep", "--newest", "2")
    assert told["appends_forgotten"] >= 2
    assert (told["orphans_removed"] >= 1, orphan.exists()) == (True, False)
    assert marks(shell, "F01") == seen(4)
    stored = "select count(distinct append_id) from appended.marts__board where organisation = 'F01'"
    assert shell.asks(stored) == [[2]]
    assert shell.says("check")["F01"] == []


def test_a_catalogue_that_is_restored_shows_what_it_showed_and_a_lost_file_is_named(
    shell: LakeShell, tmp_path: Path
) -> None:
    """The drill of docs/scale.md: dump, restore beside, check."""
    shell.says("append", "D01", published(tmp_path, 1))
    programs, port = shell.server.programs, str(shell.server.port)
    reached = ["-h", "127.0.0.1", "-p", port, "-U", "dagster"]
    secret = {"PGPASSWORD": PASSWORD}
    dump = tmp_path / "catalogue.dump"
    for command in (
        ["pg_dump", *reached, "-Fc", "-f", dump, "dagster"],
        ["createdb", *reached, "drill"],
        ["pg_restore", *reached, "-d", "drill", dump],
    ):
        subprocess.run([programs / command[0], *command[1:]], env=secret, check=True)
    drill = LakeShell(shell.server, shell.data, "drill")
    pointers = "select organisation, publication_id from store.pointers order by all"
    assert drill.asks(pointers) == shell.asks(pointers)
    assert set(map(str, drill.says("check").values())) == {"[]"}
    (file,) = shell.data.glob("appended/marts__board/organisation=D01/*.parquet")
    aside = file.rename(tmp_path / file.name)
    done = drill.done("check")
    shutil.move(aside, file)
    assert (done.returncode, json.loads(done.stdout)["D01"]) == (1, ["marts.board"])


def test_what_cannot_be_opened_is_told_in_a_sentence(shell: LakeShell) -> None:
    done = LakeShell(shell.server, shell.data, "nowhere").done("check")
    assert (done.returncode, done.stderr.startswith("Không mở được kho chung")) == (2, True)
    assert PASSWORD not in done.stderr


def raced(shell: LakeShell, tmp_path: Path, provinces: int, writers: int, publications: int) -> dict[str, list[str]]:
    """So many provinces publish so many times in all, by so many writers, while somebody reads: what came of it."""
    files = [published(tmp_path, number) for number in range(1, publications // provinces + 2)]
    todo = [(f"P{number % provinces:02}", str(files[number // provinces])) for number in range(publications)]
    stop = tmp_path / "stop"
    shell.says("append", "P00", files[0])
    reader = shell.start(READER, stop, ROWS, *TABLES)
    # A province has one writer, as its home has.
    shares = [[one for one in todo if int(one[0][1:]) % writers == number] for number in range(writers)]
    ended = [process.communicate(timeout=3000) for process in [shell.start(WRITER, json.dumps(s)) for s in shares]]
    stop.touch()
    out, err = reader.communicate(timeout=600)
    told = [json.loads(said) for said, _ in ended]
    read = json.loads(out or "{}")
    doubles = shell.asks(
        "select organisation, publication_id from store.publications where organisation like 'P%'"
        " group by all having count(*) > 1"
    )
    print({"appended": sum(one["appended"] for one in told), **read, "stderr": err[-300:]})
    return {
        "conflicts": [conflict for one in told for conflict in one["conflicts"]],
        "doubles": doubles,
        "torn": read.get("first", [err]),
        "missing": [] if sum(one["appended"] for one in told) == publications - 1 else [str(told)],
    }


NOTHING: dict[str, list[str]] = {"conflicts": [], "doubles": [], "torn": [], "missing": []}


@pytest.mark.soak
def test_34_provinces_publish_100_times_by_8_writers(shell: LakeShell, tmp_path: Path) -> None:
    assert raced(shell, tmp_path, provinces=34, writers=8, publications=100) == NOTHING


def test_two_provinces_publish_beside_each_other_while_somebody_reads(shell: LakeShell, tmp_path: Path) -> None:
    assert raced(shell, tmp_path, provinces=2, writers=2, publications=6) == NOTHING
