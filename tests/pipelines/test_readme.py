"""Every command that the documents tell people to type does what they say, over a small province.

A command that stands in a document and not here fails, so that none can be told untried.
"""

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import duckdb
import pytest

from connectors.registers.catalogue import REGISTERS
from connectors.simulator.server import Simulator
from pipelines.settings import NAMES
from tests.support import prepared
from tests.support.command_line import COMMAND, DAY, FIRST, FirstRun, province
from tests.support.documented import OURS, PROJECT, TARGETS, commands, planned, variants, vocabulary
from tests.support.sockets import free_port, listens, wait_until


DOCUMENTS = ["README.md", "README.vi.md", "docs/analyst.md", "DEVELOPERS.md"]
COMMANDS = list(dict.fromkeys(variant for name in DOCUMENTS for told in commands(name) for variant in variants(told)))
# What stands for something of the reader's own; `N` depends on the option before it.
PLACES = {
    "D": str(DAY),
    "DIR": "bao-cao",
    "PLAN": "t01+t04",
    "P": "igate-2024",
    "<folder>": "mau-so",
    "CODE": "H19.02.20",
    "R": "viewer",
    "VERSION": "mtcl-2024-01-01-1",
    "TEXT": "Sửa theo biên bản 12/BB-VP",
}
PLACES |= {"STORE": "sao-luu", "INSTANT": "2099-12-31"}
PLACES |= {"SOURCE": "axis", "BEFORE": "var/published", "AFTER": "var/published"}
NUMBERS = {"--dossiers": "60", "--seed": "7", "--workers": "2", "--newest": "7", "--raw-days": "30"}
# Told in one language only: for who writes the software, in English.
FOR_DEVELOPERS = {f"make {target}" for target in TARGETS} - {"make run", "make ui"} | {"duckdb"}
FOR_DEVELOPERS |= {f"{OURS} build", f"{OURS} build --with-upstream", f"{OURS} query"}


@dataclass(frozen=True)
class Shell:
    """A folder as a reader has it, with the state in `var/`; the same command is run once."""

    folder: Path
    environment: dict[str, str]
    sources: Simulator
    done: dict[tuple[str, ...], subprocess.CompletedProcess[str]] = field(default_factory=dict)

    def run(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        if tuple(words) not in self.done:
            self.done[tuple(words)] = self.ends(words)
        return self.done[tuple(words)]

    def ends(self, words: list[str]) -> subprocess.CompletedProcess[str]:
        if words[: len(COMMAND)] == COMMAND:
            return prepared.mtcl(self.folder, self.environment, words[len(COMMAND) :])
        return subprocess.run(words, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False)

    def start(self, words: list[str]) -> subprocess.Popen[str]:
        return subprocess.Popen(
            words,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def dossier(self) -> str:
        published = str(self.folder / "var" / "published" / "mtcl.duckdb")
        with duckdb.connect(published, read_only=True) as connection:
            late = "select dossier_code from marts.dossier_clock where days_late > 0 order by all"
            return str(connection.execute(late).fetchall()[0][0])


@pytest.fixture(scope="module")
def shell(first_run: FirstRun, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    """After a first run, of the day that other commands ask for again."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(first_run.home, folder / "var", symlinks=True)
    machine = {name: value for name, value in os.environ.items() if name not in NAMES}
    with province(folder / "registers") as sources:
        ours = {"MTCL_HOME": str(folder / "var"), "MTCL_TODAY": str(DAY), "PYTHONPATH": str(PROJECT)}
        yield Shell(folder, machine | sources.environment | ours, sources, {(*COMMAND, *FIRST): first_run.done})


def filled_in(shell: Shell, command: str) -> list[str]:
    """The words of a command with a value for each of its places; fails at a place nobody has a value for."""
    words = shlex.split(re.sub(r"<(dossier code|mã hồ sơ)>", shell.dossier(), command))
    for position, word in enumerate(words):
        if word == "N":
            option = words[position - 1]
            words[position] = str(free_port()) if option == "--port" else NUMBERS[option]
        words[position] = PLACES.get(words[position], words[position])
    unknown = [word for word in words if re.fullmatch(r"<.*>|[A-Z]+", word)]
    assert not unknown, f"No value for {unknown} in `{command}`"
    return words


def told(shell: Shell, words: list[str]) -> str:
    done = shell.run(words)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout
    return done.stdout


def ran(shell: Shell, words: list[str]) -> None:
    asked = sum(shell.sources.requests.values())
    printed = told(shell, [*COMMAND, *words])
    if "--as-published" in words:
        assert sum(shell.sources.requests.values()) == asked
    if "--json" in words:
        assert json.loads(printed.splitlines()[-1])["published"] is True
    else:
        assert "Đã công bố" in printed
        assert "Bảng điểm" in printed


def reported(shell: Shell, words: list[str]) -> None:
    files = [shell.folder / line for line in told(shell, [*COMMAND, *words]).splitlines()]
    assert all(file.stat().st_size > 0 for file in files)
    kinds = {file.suffix for file in files}
    assert kinds == {".docx", ".pdf", ".html", ".xlsx"}
    assert len(files) == 4 + ("--template" in words) + 3 * ("--quality" in words)


def closed(shell: Shell, words: list[str]) -> None:
    """The minutes; with a reason nothing but a sentence, since no closed figure comes out otherwise."""
    done = shell.run([*COMMAND, *words])
    if "--reason" in words:
        assert (done.returncode, words[2] in done.stderr) == (1, True), done.stderr
    else:
        assert {Path(line).suffix for line in done.stdout.splitlines()} == {".docx", ".pdf", ".html"}, done.stderr


def withdrew(shell: Shell, words: list[str]) -> None:
    """Nothing here, where others read what is published; test_withdraw takes one back."""
    done = shell.run([*COMMAND, *words])
    assert (done.returncode, f"Không có bản công bố nào tên {words[1]}" in done.stderr) == (1, True), done.stderr


def made_edition(shell: Shell, words: list[str]) -> None:
    file = Path(told(shell, [*COMMAND, *words]).partition(":")[0])
    assert (shell.folder / file).stat().st_size > 0


def rotated(shell: Shell, words: list[str]) -> None:
    """Others read the same home by the key in use, which is told: there is nothing to rotate."""
    assert "không có gì phải thay" in told(shell, [*COMMAND, *words])


def demonstrated(shell: Shell, words: list[str]) -> None:
    """Real systems are configured here; test_rehearsal tells the rest."""
    done = shell.run([*COMMAND, *words])
    assert (done.returncode, "mtcl run" in done.stderr) == (2, True), done.stderr


def scored(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *words])
    shown = {row["indicator"] for row in json.loads(printed)} if "--json" in words else set(printed.split())
    assert {"MT1", "MT2a", "MT3.1", "MT4b", "MT5", "D3"} <= shown


def calibrated(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *words])
    if "--json" in words:
        assert {row["unit_code"] for row in json.loads(printed)} == {"VP", "H19"}
    else:
        assert "R1 lũy kế của VP theo từng cách hiểu:" in printed
        assert "Không tạm dừng" in printed


def explained(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *words])
    assert words[1] in printed
    assert "Phân loại: " in printed


def asked_for_status(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *words])
    assert json.loads(printed) if "--json" in words else printed.partition(" ")[2]


def wrote_templates(shell: Shell, words: list[str]) -> None:
    folder = shell.folder / words[1]
    done = shell.run([*COMMAND, *words])
    assert done.returncode == 0, done.stderr
    assert {path.stem for path in folder.glob("*.xlsx")} == set(REGISTERS)


def served(shell: Shell, words: list[str], seconds: float = 90) -> None:
    """Started, asked until it answers on its port, told to stop, and gone."""
    if "--port" not in words:
        words = [*words, "--port", str(free_port())]
    if words[0] == "simulator" and "--dossiers" not in words:
        # The default province takes a minute to make.
        words = [*words, "--dossiers", NUMBERS["--dossiers"]]
    address = ("127.0.0.1", int(words[words.index("--port") + 1]))
    server = shell.start([*COMMAND, *words])
    try:
        wait_until(partial(listens, address), server, seconds)
        server.terminate()
        assert server.wait(timeout=seconds) in (0, -signal.SIGTERM, 128 + signal.SIGTERM)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)


def built(shell: Shell, words: list[str]) -> None:
    lines = told(shell, [*COMMAND, *words]).splitlines()
    assert lines[-1].startswith(words[1])
    assert len(lines) > 1 or "--with-upstream" not in words


def asked(shell: Shell, words: list[str]) -> None:
    assert "dossier_code" in told(shell, [*COMMAND, *words])


def probed(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *words])
    assert json.loads(printed)["is_well"] if "--json" in words else "✗" not in printed


def verified(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *["var/published" if word == PLACES["DIR"] else word for word in words]])
    assert json.loads(printed)["whole"] if "--json" in words else printed.startswith("NGUYÊN VẸN")


def collected(words: list[str]) -> None:
    """There is a test of that name; running it is its own business."""
    command = [sys.executable, *words[1:], "--collect-only", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def backed_up(shell: Shell, words: list[str]) -> None:
    printed = told(shell, [*COMMAND, *words])
    assert json.loads(printed)["files"] if "--json" in words else "đã đọc lại và mở thử" in printed
    assert json.loads((shell.folder / "var" / "last_backup.json").read_text(encoding="utf-8"))["made_at"]


def restored(shell: Shell, words: list[str]) -> None:
    """The same board as before; a drill asks no source and finds the publication again, table by table."""
    told(shell, [*COMMAND, "backup", "--to", PLACES["STORE"]])
    asked, board = sum(shell.sources.requests.values()), [*COMMAND, "scoreboard", "--json"]
    before = shell.ends(board).stdout
    printed = told(shell, [*COMMAND, *words])
    assert ("trùng khớp từng bảng" in printed) == ("--drill" in words)
    assert (sum(shell.sources.requests.values()), shell.ends(board).stdout) == (asked, before)


def looked(shell: Shell, words: list[str]) -> None:
    """Of what a small province leaves undone, something is always overdue."""
    done = shell.run([*COMMAND, *words])
    assert done.returncode == (0 if "Không có gì hỏng" in done.stdout else 1), done.stderr
    assert (shell.folder / "var" / "metrics" / "mtcl.prom").exists()


def kept_shut(shell: Shell, words: list[str]) -> None:
    """Without a proxy that signs people on nobody is served; with one, test_ui.py does."""
    done = shell.run([*COMMAND, *words])
    assert (done.returncode, "MTCL_SERVE_SECRET" in done.stderr) == (2, True)


def listed(shell: Shell, words: list[str]) -> None:
    """One here: test_organisations has more."""
    printed = told(shell, [*COMMAND, *words])
    assert json.loads(printed) == [] if "--json" in words else "một tổ chức" in printed


def sent_on(shell: Shell, words: list[str]) -> None:
    """To the command of a single organisation; test_nights has more."""
    done = shell.run([*COMMAND, *words])
    assert (done.returncode, "mtcl run" in done.stderr) == (2, True), done.stderr


def told_there_is_none(shell: Shell, words: list[str]) -> None:
    """test_lake has one."""
    done = shell.run([*COMMAND, *words])
    assert (done.returncode, "STORE=ducklake" in done.stderr) == (2, True), done.stderr


HOW: dict[str, Callable[[Shell, list[str]], None]] = {
    "run": ran,
    "report": reported,
    "close": closed,
    "withdraw": withdrew,
    "edition": made_edition,
    "rotate-key": rotated,
    "demo": demonstrated,
    "scoreboard": scored,
    "calibration": calibrated,
    "explain": explained,
    "status": asked_for_status,
    "simulator": served,
    "templates": wrote_templates,
    "build": built,
    "query": asked,
    "probe": probed,
    "verify": verified,
    "backup": backed_up,
    "restore": restored,
    "serve": kept_shut,
    "look": looked,
    "organisations": listed,
    "nights": sent_on,
    "lake": told_there_is_none,
}


def queried(shell: Shell, words: list[str]) -> None:
    """The command-line program is not here: its file and its query, read-only."""
    assert words[:2] == ["duckdb", "-readonly"]
    with duckdb.connect(str(shell.folder / words[2]), read_only=True) as connection:
        assert connection.execute(*(words[3:] or ["from marts.scoreboard"])).fetchall()


def typed_into_python(shell: Shell, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shell.folder)
    found: Any = eval(code, {"duckdb": duckdb})  # noqa: S307 - a line of our own handbook
    assert len(found)


def opened_to_a_group(shell: Shell, command: str) -> None:
    group = subprocess.run(["id", "-gn"], capture_output=True, text=True, check=True).stdout.strip()  # noqa: S607
    done = shell.run(["sh", "-c", command.replace("analysts", group)])
    assert done.returncode == 0, done.stderr
    assert (shell.folder / "var" / "published").stat().st_mode & 0o2770 == 0o2750


def installed(names: list[str]) -> None:
    """What a reader is told to install is what we ourselves run on."""
    locked = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    assert [name for name in names if f"\n{name}==" not in f"\n{locked}"] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_documents_does_what_it_says(
    shell: Shell, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    match command.split():
        case ["make", target, *given]:
            done = planned(target, *given)
            assert all(setting.partition("=")[2] in done for setting in given)
        case [program, name, *_] if program == OURS and name in HOW:
            HOW[name](shell, filled_in(shell, command)[1:])
        case ["duckdb", *_]:
            queried(shell, shlex.split(command))
        case [".venv/bin/python", "-m", "pytest", *_]:
            collected(command.split())
        case [".venv/bin/python", "-m", *_]:
            assert told(shell, [sys.executable, *filled_in(shell, command)[1:]])
        case [".venv/bin/python", "-c", *_]:
            assert told(shell, [sys.executable, *shlex.split(command)[1:]])
        case [code, *_] if code.startswith("duckdb.connect("):
            typed_into_python(shell, command, monkeypatch)
        case ["chgrp", *_]:
            opened_to_a_group(shell, command)
        case ["pip", "install", *names]:
            installed(names)
        case _:
            pytest.fail(f"Nobody has shown that `{command}` works: tell this test how to run it")


def test_the_program_is_installed_under_the_name_that_is_told() -> None:
    scripts = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["scripts"]
    assert scripts == {OURS.rpartition("/")[2]: "pipelines.cli:main"}


def test_both_readmes_tell_the_same_commands() -> None:
    english, vietnamese = vocabulary(["README.md"]), vocabulary(["README.vi.md"])
    assert english - vietnamese == FOR_DEVELOPERS
    assert vietnamese - english == set()


def test_every_option_of_the_program_is_told() -> None:
    from pipelines.cli import main

    # `make ui` and the units of deploy/ start these.
    ours = {f"{OURS} {name}" for name in main.commands} - {f"{OURS} ui", f"{OURS} daemon"}
    assert ours <= vocabulary(["README.md"])
