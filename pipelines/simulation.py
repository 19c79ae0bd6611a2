"""The simulator as a process of its own, for runs without any source configured."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from urllib.request import urlopen

from pipelines.settings import SettingsError


Rates = dict[str, dict[str, list[int]]]


@dataclass(frozen=True)
class Simulation:
    """A running simulator: its settings for the pipeline, and the truth about its world."""

    url: str
    today: date
    environment: dict[str, str]

    def truth(self, closing_date: date) -> Rates:
        """Indicator → definition → [numerator, denominator], year to date, headline scope."""
        address = f"{self.url}/_simulator/truth?closing_date={closing_date}"
        with urlopen(address, timeout=120) as answer:  # noqa: S310 - our own simulator on loopback
            found: Rates = json.load(answer)
        return found


@contextmanager
def simulation(today: date | None, *options: str) -> Iterator[Simulation]:
    """Serves for as long as the block lasts; it ends with us, since its standard input closes then."""
    command = [sys.executable, "-m", "connectors.simulator", "--port", "0", *options]
    if today:
        command += ["--today", today.isoformat()]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdin
        assert process.stdout
        try:
            line = process.stdout.readline()
            if not line:
                raise SettingsError("Không khởi động được bộ mô phỏng các hệ thống nguồn; xem thông báo lỗi ở trên.")
            yield read_announcement(line)
        finally:
            process.stdin.close()
            process.terminate()


def read_announcement(line: str) -> Simulation:
    announced = json.loads(line)
    today = date.fromisoformat(announced["today"])
    environment = {**announced["environment"], "MTCL_TODAY": announced["today"]}
    return Simulation(f"http://127.0.0.1:{announced['port']}", today, environment)
