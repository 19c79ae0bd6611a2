"""What runs say, a line of JSON each, in $MTCL_HOME/logs: for whoever gathers logs of many programs in one place.

The same words as in Dagster's own log: counts and names of steps, never contents of records. Several processes write.
A disk that takes no more stops no run.
"""

import json
import logging
import os
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

import dagster as dg
from filelock import Timeout

from warehouse import access
from warehouse.locks import lock


FILE = "logs/mtcl.jsonl"
LARGEST, KEPT = 10_000_000, 10


class JsonLines:
    """`file`: turned over at ten megabytes; ten older ones are kept."""

    def __init__(self, file: Path, largest: int = LARGEST) -> None:
        self.file, self.largest = file, largest
        self.opened: tuple[FileIO, os.stat_result] | None = None

    def write(self, event: dg.EventLogEntry) -> None:
        """In one piece at the end of the file, wherever that is by now, so that it needs no lock."""
        with suppress(OSError, Timeout):
            self.end().write(f"{json.dumps(line(event), ensure_ascii=False)}\n".encode())
            if self.file.stat().st_size > self.largest:
                self.turn_over()

    def end(self) -> FileIO:
        """Another process may have turned the file over since."""
        if self.opened:
            with suppress(FileNotFoundError):
                if os.path.samestat(self.opened[1], self.file.stat()):
                    return self.opened[0]
            self.close()
        access.make_folder(self.file.parent, access.PRIVATE_FOLDER)
        number = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, access.PRIVATE_FILE)
        self.opened = FileIO(number, "a"), os.fstat(number)
        return self.opened[0]

    def close(self) -> None:
        if self.opened:
            self.opened[0].close()
            self.opened = None

    def turn_over(self) -> None:
        with lock(f"{self.file}.lock", timeout=10):
            # Whoever waited finds it done.
            if self.file.stat().st_size > self.largest:
                for number in range(KEPT - 1, 0, -1):
                    with suppress(FileNotFoundError):
                        self.older(number).replace(self.older(number + 1))
                self.file.replace(self.older(1))

    def older(self, number: int) -> Path:
        return self.file.with_name(f"{self.file.name}.{number}")


def line(event: dg.EventLogEntry) -> dict[str, str]:
    told = {
        "at": datetime.fromtimestamp(event.timestamp, UTC).isoformat(timespec="milliseconds"),
        "level": logging.getLevelName(event.level),
        "run_id": event.run_id,
        "job": event.job_name,
        "step": event.step_key,
        "event": event.dagster_event.event_type_value if event.dagster_event else None,
        "message": event.message,
    }
    return {name: value for name, value in told.items() if value is not None}
