"""A home knows whose data it holds: another set of sources, key or kind of data is refused in words (rule 16)."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines import identity
from pipelines.identity import OtherHome
from pipelines.settings import Settings
from tests.support.command_line import WRONG, CommandLine
from warehouse.identity import CARD, REHEARSAL, card
from warehouse.migrations import NewerHome, newest_migration
from warehouse.opening import open_warehouse


KEY = "khoa-rat-bi-mat-va-dai"
GIVEN = {
    "PORTAL_URL": "https://portal.example/api",
    "PORTAL_SSO_URL": "https://sso.example",
    "PORTAL_CLIENT_ID": "mtcl",
    "PORTAL_CLIENT_SECRET": "mat-khau",
    "PSEUDONYM_KEY": KEY,
}
AXIS = {"AXIS_URL": "http://127.0.0.1:9/axis", "AXIS_SYSTEM_ID": "H19", "AXIS_SECRET": "bi-mat"}


def enter(home: Path, given: dict[str, str]) -> None:
    """What a run does before it asks anything."""
    settings = Settings.from_environment(given | {"MTCL_HOME": str(home)})
    with open_warehouse(settings.warehouse, clock=settings.run.clock) as database:
        identity.enter(settings, database)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    enter(tmp_path / "home", GIVEN)
    return tmp_path / "home"


def asked(home: Path, sql: str) -> list[tuple[object, ...]]:
    settings = Settings.from_environment({"MTCL_HOME": str(home)})
    with open_warehouse(settings.warehouse, clock=settings.run.clock) as database:
        return database.query(sql)


def test_the_same_set_is_let_in_and_a_source_that_joins_or_rests_is_the_same_set(home: Path) -> None:
    written_otherwise = GIVEN | {"PORTAL_URL": "http://PORTAL.example/api/", "PORTAL_ALLOW_HTTP": "1"}
    for given in (GIVEN, GIVEN | AXIS, written_otherwise, AXIS, AXIS | {"AXIS_URL": "http://localhost:10/axis"}):
        enter(home, given)
    assert asked(home, "select count(*) from ledger.identities") == [(2,)]


def test_sources_that_moved_are_the_same_where_somebody_says_so(home: Path) -> None:
    moved = GIVEN | {"PORTAL_URL": "https://cong-moi.example/api", "MTCL_HOME": str(home)}
    with pytest.raises(OtherHome, match="--moved"):
        identity.check(Settings.from_environment(moved), print)
    with pytest.raises(OtherHome, match="PSEUDONYM_KEY"):
        identity.check(Settings.from_environment(moved | {"PSEUDONYM_KEY": KEY + "."}), print, has_moved=True)
    identity.check(Settings.from_environment(moved), print, has_moved=True)
    enter(home, moved)
    with pytest.raises(OtherHome, match="PORTAL_URL"):
        enter(home, GIVEN)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"PORTAL_URL": "https://portal-khac.example/api"}, "PORTAL_URL"),
        ({"MTCL_ORG_CODE": "H10"}, "H10"),
        ({"PSEUDONYM_KEY": KEY + "."}, "PSEUDONYM_KEY"),
        ({"MTCL_REHEARSAL": "1"}, "số liệu thật"),
    ],
)
@pytest.mark.parametrize("lost", [CARD, "warehouse.duckdb"])
def test_another_set_is_refused_whichever_of_warehouse_and_card_is_left(
    home: Path, changed: dict[str, str], named: str, lost: str
) -> None:
    (home / lost).unlink()
    with pytest.raises(OtherHome, match=named) as caught:
        enter(home, GIVEN | changed)
    assert not any(secret in str(caught.value) for secret in (KEY, "portal-khac", "mat-khau"))


def test_the_command_line_refuses_it_with_2_before_anything_is_asked(home: Path) -> None:
    done = CommandLine(home, GIVEN | {"PSEUDONYM_KEY": "mot-khoa-go-nham-nhieu"}).asks("run")
    assert (done.returncode, done.stdout) == (WRONG, "")
    assert "PSEUDONYM_KEY là khóa khác" in done.stderr


def test_the_command_line_rotates_the_key_once_and_shows_none(home: Path) -> None:
    new = GIVEN | {"PSEUDONYM_KEY": "mot-khoa-moi-rat-dai", "PSEUDONYM_KEY_RETIRED": KEY}
    done = CommandLine(home, new).asks("rotate-key")
    assert (done.returncode, done.stderr) == (0, "")
    log = (home / "actions.jsonl").read_text(encoding="utf-8")
    assert [json.loads(line)["action"] for line in log.splitlines()] == ["key rotated"]
    assert not any(secret in log + done.stdout for secret in (KEY, "mot-khoa-moi-rat-dai"))
    enter(home, new)
    refused = CommandLine(home, GIVEN | {"PSEUDONYM_KEY": "mot-khoa-moi-rat-dai"}).asks("rotate-key")
    assert (refused.returncode, "không thay" in refused.stderr) == (WRONG, True)


def test_a_rehearsal_stays_one_for_ever_and_its_tables_say_so(tmp_path: Path) -> None:
    enter(tmp_path, GIVEN | {"MTCL_REHEARSAL": "1"})
    assert asked(tmp_path, "from reference.home") == [(True, REHEARSAL)]
    with pytest.raises(OtherHome, match="số liệu thử nghiệm"):
        enter(tmp_path, GIVEN)


def test_the_key_stands_nowhere_and_its_fingerprint_is_of_this_home(home: Path, tmp_path: Path) -> None:
    enter(tmp_path / "other", GIVEN)
    one, other = card(home), card(tmp_path / "other")
    assert one
    assert other
    assert (one.key == other.key, KEY in (home / CARD).read_text(encoding="utf-8")) == (False, False)
    assert (home / CARD).stat().st_mode & 0o077 == 0


def test_a_home_of_an_earlier_release_takes_what_its_first_run_says(home: Path) -> None:
    asked(home, "delete from ledger.identities")
    (home / CARD).unlink()
    enter(home, GIVEN | {"MTCL_ORG_CODE": "H10"})
    found = card(home)
    assert found
    assert found.org_code == "H10"


def empty(file: Path) -> None:
    file.write_bytes(b"")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20])


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize("damage", [empty, cut, Path.unlink, folder])
def test_a_card_that_cannot_be_read_is_written_anew(home: Path, damage: Callable[[Path], None]) -> None:
    before = card(home)
    damage(home / CARD)
    enter(home, GIVEN)
    assert card(home) == before


def test_what_a_later_release_wrote_is_refused_in_words_and_left_alone(home: Path) -> None:
    asked(home, "insert into ledger.migrations values ('zz_later', now())")
    with pytest.raises(NewerHome, match="bản phần mềm mới hơn"):
        enter(home, GIVEN)
    text = (home / CARD).read_text(encoding="utf-8")
    (home / CARD).write_text(text.replace(newest_migration(), "zz_later"), encoding="utf-8")
    done = CommandLine(home, GIVEN).asks("run")
    assert (done.returncode, "bản phần mềm mới hơn" in done.stderr) == (WRONG, True), done.stderr


def test_a_key_that_can_be_tried_out_is_no_key(tmp_path: Path) -> None:
    done = CommandLine(tmp_path / "home", GIVEN | {"PSEUDONYM_KEY": "a"}).asks("run")
    assert (done.returncode, "ít nhất 8 ký tự" in done.stderr) == (WRONG, True)


def test_the_command_line_opens_no_empty_warehouse_beside_a_publication(home: Path) -> None:
    (home / "published").mkdir()
    (home / "published" / "mtcl-2025-06-30-1.duckdb").touch()
    (home / "warehouse.duckdb").unlink()
    done = CommandLine(home, GIVEN).asks("run")
    assert (done.returncode, "--begin-anew" in done.stderr) == (WRONG, True)
    assert not (home / "warehouse.duckdb").exists()
