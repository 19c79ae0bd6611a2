"""Every kind of file that a home has, damaged one by one: read at once, and some of them together before a run."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from re import sub

from click.testing import CliRunner
from dagster._core.storage.defs_state.base import _current_storage

from pipelines.cli import main
from tests.chaos.figures import Trial
from tests.chaos.homes import Dice, Province, Until, ends_well, told
from tests.support.command_line import FIRST


CODES = {"status": (0, 3, 4, 5), "scoreboard": (0, 1)}
TOGETHER = 6
# The one is brought back from the other: both at once is for a backup elsewhere.
WAREHOUSE = ("warehouse.duckdb", "backup/warehouse.duckdb")


def empty(file: Path, dice: Dice) -> None:
    file.write_bytes(b"")


def cut(file: Path, dice: Dice) -> None:
    content = file.read_bytes()
    file.write_bytes(content[: dice.randrange(len(content))] if content else b"")


def byte(file: Path, dice: Dice) -> None:
    content = bytearray(file.read_bytes())
    if content:
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    file.write_bytes(content)


def folder(file: Path, dice: Dice) -> None:
    file.unlink()
    file.mkdir()


DAMAGES: tuple[Callable[[Path, Dice], None], ...] = (empty, cut, byte, folder)


def kinds(home: Path, dice: Dice) -> list[Path]:
    """One file of each kind: names of runs, versions and tables make no kind of their own. Links are no files."""
    found: dict[str, list[Path]] = {}
    for file in sorted(path for path in home.rglob("*") if path.is_file() and not path.is_symlink()):
        name = sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|mtcl-[\d-]+|=[\d-]+", "#", str(file.relative_to(home)))
        name = sub(r"(exports/.*|data_docs/.*|compute_logs)/[^/]+?(\.\w+)$", r"\1/*\2", name)
        found.setdefault(sub(r"exports/history/\w+", "exports/history/*", name), []).append(file)
    chosen = [dice.choice(files) for files in found.values()]
    dice.shuffle(chosen)
    return chosen


def todo(home: Path, dice: Dice) -> list[tuple[Path, Callable[[Path, Dice], None]]]:
    """Every kind of file with every damage, in an order of the dice."""
    found = [(file.relative_to(home), damage) for file in kinds(home, dice) for damage in DAMAGES]
    dice.shuffle(found)
    return found


def reads(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    """What is read beside damage, file by file."""
    home = province.copy()
    for name, damage in todo(home, dice):
        if until():
            return
        yield read_beside(province, home, name, damage, dice)


def together(province: Province, dice: Dice, until: Until) -> Iterator[Trial]:
    """Runs over several damages at once."""
    waiting = todo(province.home, dice)
    while waiting and not until():
        some, waiting = waiting[:TOGETHER], waiting[TOGETHER:]
        yield run_over(province, some, dice)


def read_beside(province: Province, home: Path, name: Path, damage: Callable[[Path, Dice], None], dice: Dice) -> Trial:
    """`mtcl status` and `mtcl scoreboard` answer, and what they answer is right. The file is whole again after it."""
    trial, whole = Trial(f"{name}: {damage.__name__}, read"), province.home / name
    file = writable(home / name)
    damage(file, dice)
    for command in CODES:
        arguments = [command, "--json"] if command == "scoreboard" else [command]
        _current_storage.set(None)
        done = CliRunner(env=province.shell(home).environment).invoke(main, arguments)
        if done.exception and not isinstance(done.exception, SystemExit):
            trial.untold.append(f"{command}: {type(done.exception).__name__}: {done.exception}"[:400])
        elif done.exit_code not in CODES[command]:
            trial.untold.append(f"{command}: code {done.exit_code}: {done.output[-200:]}")
        elif command == "scoreboard" and done.exit_code == 0 and province.board.strip() not in done.output:
            trial.wrong.append(f"scoreboard: {done.output[-200:]}")
    if file.is_dir():
        shutil.rmtree(file)
    file.unlink(missing_ok=True)
    shutil.copy2(whole, file)
    return trial


def run_over(province: Province, damages: list[tuple[Path, Callable[[Path, Dice], None]]], dice: Dice) -> Trial:
    """A run over several damages either publishes the same or says why not; the next one publishes the same."""
    home, names, is_one_hit = province.copy(), [], False
    for name, damage in damages:
        if (str(name) in WAREHOUSE and is_one_hit) or not (home / name).is_file():
            continue
        is_one_hit |= str(name) in WAREHOUSE
        damage(writable(home / name), dice)
        names.append(f"{name} {damage.__name__}")
    trial = Trial(f"run over {', '.join(names)}", tried=len(names))
    told(province.shell(home).asks(*FIRST), trial)
    ends_well(province, home, trial)
    return trial


def writable(file: Path) -> Path:
    file.chmod(0o600)
    return file
