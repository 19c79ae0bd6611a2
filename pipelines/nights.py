"""`mtcl nights`: a night of every organisation, several at a time, each in a process of its own.

A worker that is killed is started again and holds nobody up; one that ends by itself has answered. Each night writes in
its own home alone, and does it once however often it is begun, so that the order and the deaths change no figure.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from threading import Thread
from typing import IO, Any

import click

from pipelines import organisations
from pipelines.settings import SettingsError, home
from pipelines.surroundings import DAY, WrongSetting


MTCL = [sys.executable, "-c", "import pipelines.cli as mtcl; mtcl.main(prog_name='mtcl')"]
# The first and two more: what kills a night three times is no accident.
ATTEMPTS = 3
Start = tuple[Sequence[str], Mapping[str, str]]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Night:
    """`code` is how its last process ended, negative for a signal; `said` the JSON of `mtcl run`."""

    organisation: str
    code: int
    attempts: int
    said: dict[str, Any] = field(default_factory=dict)

    @property
    def published(self) -> bool:
        return self.code == 0


def of(environment: Mapping[str, str], code: str, closing_date: str | None = None) -> Start:
    """The command of one organisation's night and its environment. Raises SettingsError."""
    asked = ["--closing-date", closing_date] if closing_date else []
    return [*MTCL, "run", "--json", *asked], organisations.environment_of(environment, code)


def run_each(nights: Mapping[str, Start], workers: int, say: Say, attempts: int = ATTEMPTS) -> list[Night]:
    """In the order in which they are given, whatever the order in which they end."""
    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(lambda code: run(code, nights[code], say, attempts), nights))


def run(code: str, start: Start, say: Say, attempts: int = ATTEMPTS) -> Night:
    """One night, begun anew for as long as something kills its process and attempts are left."""
    for attempt in range(1, attempts + 1):
        ended, said = done(code, start, say)
        if ended >= 0:
            break
        say(f"[{code}] Tiến trình bị ngắt (tín hiệu {-ended}), lần {attempt}/{attempts}.")
    return Night(code, ended, attempt, said)


def done(code: str, start: Start, say: Say) -> tuple[int, dict[str, Any]]:
    command, environment = start
    with subprocess.Popen(  # noqa: S603 - our own command
        command, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdout
        assert process.stderr
        listener = Thread(target=tell, args=(code, process.stderr, say))
        listener.start()
        lines = process.stdout.read().splitlines()
        listener.join()
    return process.returncode, answer(lines)


def tell(code: str, lines: IO[str], say: Say) -> None:
    for line in lines:
        say(f"[{code}] {line.rstrip()}")


def answer(lines: Sequence[str]) -> dict[str, Any]:
    """The object in the last line; nothing where the process did not come that far."""
    try:
        found = json.loads(lines[-1])
    except (IndexError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


@click.command(
    help="Chạy đêm của mọi tổ chức, mỗi tổ chức một tiến trình, nhiều nhất --workers cùng lúc; tiến trình bị ngắt thì"
    " được chạy lại. Mã kết thúc: 0 mọi tổ chức đã công bố, 1 có tổ chức không công bố, 2 cấu hình sai."
)
@click.option("--closing-date", type=DAY, help="Ngày chốt số liệu; mặc định hôm nay.")
@click.option("--workers", type=click.IntRange(1), default=2, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="In một đối tượng JSON cho mỗi tổ chức, mỗi dòng một đối tượng.")
def nights(closing_date: datetime | None, workers: int, as_json: bool) -> None:
    day = f"{closing_date:%Y-%m-%d}" if closing_date else None
    try:
        there_are = organisations.codes(home(os.environ))
        starts = {code: of(os.environ, code, day) for code in there_are}
    except SettingsError as error:
        raise WrongSetting(str(error)) from error
    if not starts:
        raise WrongSetting("Nơi cài đặt này có một tổ chức; chạy: mtcl run. Nhiều tổ chức: docs/scale.md mục 3.")
    ended = run_each(starts, workers, lambda text: click.echo(text, err=True))
    for line in map(as_line if as_json else in_words, ended):
        click.echo(line)
    sys.exit(0 if all(night.published for night in ended) else 1)


def as_line(night: Night) -> str:
    facts = {"organisation": night.organisation, "exit_code": night.code, "attempts": night.attempts}
    return json.dumps(facts | night.said, ensure_ascii=False)


def in_words(night: Night) -> str:
    if night.published:
        return f"{night.organisation}: đã công bố {night.said.get('version')}"
    return f"{night.organisation}: không công bố. {'; '.join(reasons(night))}"


def reasons(night: Night) -> Iterable[str]:
    return night.said.get("problems") or [f"Xem lời của nó ở trên (mã {night.code})."]
