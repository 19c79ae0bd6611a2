"""People's data and secrets: on the wire of every source, and afterwards nowhere (design §4.2).

Two runs over real sockets, one that publishes and one where every source fails with the same data in its answer; then
every file that is left is opened and every row of every table read, as is all that was printed.
"""

import hashlib
import os
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Response

from connectors.simulator import people
from connectors.simulator.server import Simulator
from tests.support import letterbox as letterboxes
from tests.support.command_line import PUBLISHED, STOPPED, CommandLine, Done, FirstRun
from tests.support.letterbox import Letterbox


PERSON = 4_711
WRONG = "mat-khau-sai-khong-duoc-in-ra"
DATABASES = (".duckdb", ".parquet")

_NAMES, _MIDDLES = set(), set()
_GIVEN = set()
for _number in range(0, 2508 * 19, 131):
    _surname, _middle, _given, _last = people.full_name(_number).split()
    _NAMES.add(_surname)
    _MIDDLES.add(_middle)
    _GIVEN |= {_given, _last}
_ANY_GIVEN = f"(?:{'|'.join(sorted(_GIVEN))})"
_ID, _PHONE = people.ID_PREFIX, people.PHONE_PREFIX
# Each begins with letters that stand as they are, and looks back from there: hundreds of megabytes are searched.
PERSONAL = {
    "name": f"(?:{'|'.join(sorted(_NAMES))}) (?:{'|'.join(sorted(_MIDDLES))}) {_ANY_GIVEN} {_ANY_GIVEN}",
    "official": f"Cán bộ {_ANY_GIVEN} Một Cửa",
    "staff number": r"DN-(?<!\wDN-)\d{4}\b",
    "company": rf"Công ty TNHH [\w ]+ {_ANY_GIVEN} {_ANY_GIVEN}",
    "id number": rf"{_ID}(?<![0-9a-f.]{_ID})\d{{9}}(?![0-9a-f])",
    "phone": rf"{_PHONE}(?<![0-9a-f.]{_PHONE})\d{{6}}(?![0-9a-f])",
    "mail": re.escape(people.MAIL_DOMAIN),
    "address": r"Số \d+, đường",
    "moment of birth": r"19(?<!\w19)[5-9]\d-\d\d-\d\dT",
    "day of birth": r"/19[5-9]\d\b(?<=\b\d\d/\d\d/19\d\d)",
    "token": r"eyJ[\w-]{20,}",
    "bearer": r"Bearer \S{12,}",
}


def found_in(text: str, secrets: list[str]) -> set[str]:
    """Kinds of personal data, and secrets by their place in the list, that stand in a text."""
    plain = unicodedata.normalize("NFC", text)
    kinds = {kind for kind, pattern in PERSONAL.items() if re.search(pattern, plain)}
    return kinds | {f"secret {place}" for place, secret in enumerate(secrets) if secret in plain}


def texts(home: Path) -> Iterator[tuple[str, str]]:
    """Everything under a folder as text: the rows of tables, the parts of packed files, the bytes of all others."""
    for path in sorted(home.rglob("*")):
        name = str(path.relative_to(home))
        if path.is_symlink() or not path.is_file():
            continue
        if path.suffix in DATABASES:
            yield from ((f"{name}: {table}", text) for table, text in rows(path))
        elif zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as packed:
                yield from (
                    (f"{name}: {part}", packed.read(part).decode("utf-8", "ignore")) for part in packed.namelist()
                )
        else:
            yield name, path.read_bytes().decode("utf-8", "ignore")


def told(home: Path, secrets: list[str]) -> tuple[dict[str, set[str]], list[str]]:
    """(what was found where, everything that was searched); what stands in several files is searched once."""
    found, searched, known = {}, [], set()
    for name, text in texts(home):
        searched.append(name)
        content = hashlib.sha256(text.encode(errors="surrogatepass")).digest()
        if content not in known and (kinds := found_in(text, secrets)):
            found[name] = kinds
        known.add(content)
    return found, searched


def rows(file: Path) -> Iterator[tuple[str, str]]:
    """Table → all of its rows as JSON."""
    with duckdb.connect() as reader:
        if file.suffix == ".parquet":
            tables = [f"'{file}'"]
        else:
            reader.execute(f"attach '{file}' as read (read_only)")
            listed = reader.execute(
                "select schema_name || '.' || table_name from duckdb_tables() where database_name = 'read'"
            )
            tables = [f"read.{table}" for (table,) in listed.fetchall()]
        for table in tables:
            found = reader.execute(f"select to_json(one)::varchar from {table} as one").fetchall()
            yield table, "\n".join(row for (row,) in found)


def secrets_of(environment: dict[str, str]) -> list[str]:
    return [environment[name] for name in sorted(environment) if name.endswith(("SECRET", "PASSWORD", "KEY"))]


@pytest.fixture(scope="module")
def published(first_run: FirstRun) -> Done:
    return first_run.done


@pytest.fixture(scope="module")
def letterbox() -> Iterator[Letterbox]:
    with letterboxes.opened() as box:
        yield box


@pytest.fixture(scope="module")
def refused(shell: CommandLine, published: Done, letterbox: Letterbox) -> Iterator[Done]:
    """The portal answers with a person's data instead of a list; two others do not know the password."""
    assert published.returncode == PUBLISHED, published.stderr[-2000:]
    body = f'{{"message": "Lỗi hồ sơ", "data": {people.applicant_data(PERSON, True, "1")}}}'
    with HTTPServer() as portal:
        portal.expect_request(re.compile("^/.*")).respond_with_response(
            Response(body, status=400, content_type="application/json")
        )
        wrong = {"PORTAL_URL": portal.url_for("/").rstrip("/"), "AXIS_SECRET": WRONG, "TTHC_PASSWORD": WRONG}
        yield shell.asks("run", "--json", **wrong, PUBLISH_WHEN="all", **letterbox.environment)
        assert portal.log, "the portal was never asked"


def test_the_search_finds_what_the_sources_say(province: Simulator, tmp_path: Path) -> None:
    """Without this the tests below could pass by looking for nothing."""
    (tmp_path / "wire.json").write_text(people.applicant_data(PERSON, True, "1") + people.STAFF[3], encoding="utf-8")
    ((_, wire),) = texts(tmp_path)
    assert found_in(wire, []) == {
        "name",
        "official",
        "company",
        "id number",
        "phone",
        "mail",
        "address",
        "moment of birth",
    }
    others = f"DN-0042 07/03/1971 Bearer {'x' * 12} eyJ{'x' * 20}"
    assert found_in(others, []) == {"staff number", "day of birth", "bearer", "token"}
    secrets = secrets_of(province.environment)
    assert len(secrets) == 4
    assert found_in(" ".join(secrets), secrets) == {f"secret {place}" for place in range(4)}


def test_nothing_of_a_run_that_publishes_tells_of_people_or_secrets(
    shell: CommandLine, published: Done, province: Simulator
) -> None:
    assert published.returncode == PUBLISHED, published.stderr[-2000:]
    secrets = secrets_of(province.environment)
    assert found_in(published.stdout + published.stderr, secrets) == set()
    found, searched = told(Path(shell.environment["MTCL_HOME"]), secrets)
    assert found == {}
    # What the issue names is among what was searched: raw, staging, published, the event log, pages, exports.
    for part in ("raw.portal__dossiers", "raw.registers__officials", "staging.", "published/mtcl-", "marts.scoreboard"):
        assert any(part in name for name in searched), part
    for part in ("dagster/", "data_docs/", ".html", ".json", ".csv", ".parquet"):
        assert any(part in name for name in searched), part


def test_nothing_of_a_run_that_fails_tells_of_people_or_secrets(
    shell: CommandLine, refused: Done, province: Simulator, letterbox: Letterbox
) -> None:
    assert refused.returncode == STOPPED, refused.stderr[-2000:]
    secrets = [*secrets_of(province.environment), WRONG]
    assert found_in(refused.stdout + refused.stderr, secrets) == set()
    assert told(Path(shell.environment["MTCL_HOME"]), secrets)[0] == {}
    # One of the run, others of what is overdue.
    mails = letterbox.mails
    assert found_in("".join(f"{mail}{mail.get_content()}" for mail in mails), secrets) == set()
    for name in ("Hệ thống một cửa", "Trục liên thông văn bản", "Cơ sở dữ liệu quốc gia về TTHC"):
        assert name in refused.stdout, name
        assert any(name in mail.get_content() for mail in mails), name


# For monitors of the machine, which run as somebody else: instants and counts.
MONITORED = {"heartbeat.json", "metrics", "metrics/mtcl.prom"}


def test_the_home_is_closed_to_everybody_else(shell: CommandLine, published: Done) -> None:
    assert published.returncode == PUBLISHED, published.stderr[-2000:]
    home = Path(shell.environment["MTCL_HOME"])
    within_reach = {str(path.relative_to(home)) for path in reachable(home)}
    assert {name for name in within_reach if (home / name).stat().st_mode & 0o007} == MONITORED
    # The search did not stop at the door.
    assert within_reach >= {"warehouse.duckdb", "published", "dagster", "reports"}
    assert os.access(home / "published" / "mtcl.duckdb", os.R_OK)


def reachable(folder: Path) -> Iterator[Path]:
    """What somebody of another group comes to, who may enter the folder itself."""
    for path in folder.iterdir():
        if not path.is_symlink():
            yield path
            if path.is_dir() and path.stat().st_mode & 0o001:
                yield from reachable(path)
