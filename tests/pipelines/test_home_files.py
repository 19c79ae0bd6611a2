"""Whatever of a home's small files is empty, cut, lost, or a folder: told, and never a traceback."""

import json
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import dagster as dg
import pytest
from click.testing import CliRunner, Result

from pipelines import status as judging
from pipelines.alerts import HEARTBEAT, LIST, write
from pipelines.cli import main
from pipelines.instance import opened
from pipelines.settings import NAMES, Settings
from warehouse.identity import CARD, Identity, write_card
from warehouse.reading import Published


DAY = date(2025, 12, 31)
FILES = [LIST, HEARTBEAT, CARD, "published/withdrawn.json", "published/MANIFEST", "published/mtcl.duckdb"]


@pytest.fixture
def home(tmp_path: Path, published: Published, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "home"
    (home / "published").mkdir(parents=True)
    for file in (published.path, published.path.with_suffix(".json")):
        shutil.copyfile(file, home / "published" / file.name)
    (home / "published" / "mtcl.duckdb").symlink_to(published.path.name)
    (home / "published" / "withdrawn.json").write_text("[]", encoding="utf-8")
    for name, content in ((LIST, []), (HEARTBEAT, {})):
        write(home / name, content, 0o600)
    write_card(home, Identity("H19"))
    monkeypatch.setenv("MTCL_HOME", str(home))
    monkeypatch.setenv("MTCL_TODAY", str(DAY))
    return home


def mtcl(*arguments: str) -> Result:
    done = CliRunner().invoke(main, arguments)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def empty(file: Path) -> None:
    file.unlink()
    file.write_bytes(b"")


def cut(file: Path) -> None:
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[: len(content) // 2] or b"{")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [empty, cut, Path.unlink, folder])
@pytest.mark.parametrize("name", FILES)
def test_status_and_scoreboard_answer_whatever_a_small_file_has_become(
    home: Path, published: Published, name: str, damage: Callable[[Path], None]
) -> None:
    file = home / name.replace("MANIFEST", published.path.with_suffix(".json").name)
    damage(file)
    board, state = mtcl("scoreboard"), mtcl("status")
    has_version = name != "published/mtcl.duckdb"
    assert (board.exit_code == 0) == has_version, board.output
    # A pointer that is lost, and what nobody has to have, are as never written.
    is_silent = damage is Path.unlink and "MANIFEST" not in name
    if not is_silent and (has_version or damage is folder):
        assert file.stem.removesuffix(".json") in state.output or "Bản kê" in state.output


def test_a_plain_file_in_the_place_of_a_folder_is_told(home: Path) -> None:
    shutil.rmtree(home / "published")
    for name in ("published", "dagster"):
        (home / name).write_text("", encoding="utf-8")
    state = mtcl("status")
    assert ["phải là thư mục" in line for line in state.output.splitlines()][:2] == [True, True]
    assert mtcl("scoreboard").exit_code == 1


def test_what_stands_in_the_place_of_the_list_is_set_aside(home: Path) -> None:
    folder(home / LIST)
    write(home / LIST, [], 0o600)
    assert json.loads((home / LIST).read_text(encoding="utf-8")) == []
    assert (home / f"{LIST}.aside").is_dir()


@pytest.mark.parametrize("name", ["index.db-wal", "index.db-shm", "index.db"])
def test_a_folder_in_the_place_of_a_file_of_dagsters_history_is_set_aside(tmp_path: Path, name: str) -> None:
    with opened(tmp_path / "dagster") as instance:
        assert instance.get_runs() == []
    part = tmp_path / "dagster" / "history" / "runs" / name
    part.unlink(missing_ok=True)
    part.mkdir()
    with opened(tmp_path / "dagster") as instance:
        assert instance.get_run_records() == []
        assert instance.event_log_storage.get_maximum_record_id() in (None, 0)
    assert part.with_name(f"{name}.aside").is_dir()


def overwritten(file: Path) -> None:
    """From the third page on, and a word of the first."""
    content = bytearray(file.read_bytes())
    content[8200:] = b"x" * len(content[8200:])
    content[200:204] = b"\xff\xff\xff\xff"
    file.write_bytes(content)


@dg.job(name="daily")
def nothing() -> None:
    pass


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("runs.db", overwritten),
        ("runs/index.db", cut),
        ("runs/RUN.db", overwritten),
        ("../schedules/schedules.db", cut),
    ],
)
def test_a_damaged_file_of_dagsters_history_is_set_aside_and_told(
    home: Path, name: str, damage: Callable[[Path], None]
) -> None:
    place = home / "dagster"
    with opened(place) as instance:
        run_id = nothing.execute_in_process(instance=instance).run_id
    file = (place / "history" / name.replace("RUN", run_id)).resolve()
    for log in file.parent.glob(f"{file.name}-*"):
        log.unlink()
    damage(file)
    with opened(place) as instance:
        assert instance.all_logs(run_id) == [] or "RUN" not in name
        again = nothing.execute_in_process(instance=instance).run_id
    with opened(place) as instance:
        run = instance.get_run_by_id(again)
        assert run
        assert run.is_success
    assert f"{file.name} của Dagster bị hỏng" in mtcl("status").output


@pytest.mark.parametrize(
    ("days", "code"), [(0, judging.FRESH), (1, judging.FRESH), (2, judging.STALE), (-2, judging.STALE)]
)
def test_a_board_of_another_day_than_today_is_stale_also_of_a_day_to_come(home: Path, days: int, code: int) -> None:
    """Published a moment ago, all of them."""
    settings = Settings.from_environment({"MTCL_HOME": str(home), "MTCL_TODAY": str(DAY + timedelta(days=days))})
    assert judging.status(settings).code == code
