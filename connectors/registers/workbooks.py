"""Workbooks read in a process of its own: what calamine cannot take ends that process and not the night's run.

It reserves what a file announces, and a damaged or strange file announces anything: then Rust aborts, and nobody can
catch that. The process has a bounded memory, is started once for many files, and anew after it was lost.
"""

import pickle
import resource
import subprocess
import sys
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import IO, Self

from connectors.registers.sheets import NO_WORKBOOK, Sheet, UnreadableFile, sheets_of


MEMORY = 3 << 30
SECONDS = 120.0


class Workbooks:
    """Reads files, one at a time, for as long as the `with` block lasts."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def sheets_of(self, path: Path) -> list[Sheet]:
        """Raises UnreadableFile, OSError."""
        process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        patience = Timer(SECONDS, process.kill)
        patience.start()
        try:
            pickle.dump(path, process.stdin)
            process.stdin.flush()
            found: list[Sheet] | Exception = pickle.load(process.stdout)  # noqa: S301 - from our own child
        except (EOFError, BrokenPipeError, pickle.UnpicklingError) as error:
            self._end()
            raise UnreadableFile(NO_WORKBOOK) from error
        finally:
            patience.cancel()
        if isinstance(found, Exception):
            raise found
        return found

    def _start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "connectors.registers.workbooks"]
        # What a dying process says of itself is of no use to anybody.
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()


def serve(asked: IO[bytes], answers: IO[bytes]) -> None:
    """Answers every path with its sheets or with what is wrong, until nobody asks any more."""
    while True:
        try:
            path: Path = pickle.load(asked)  # noqa: S301 - from our own parent
        except EOFError:
            return
        answer: list[Sheet] | Exception
        try:
            answer = sheets_of(path)
        except (UnreadableFile, OSError) as error:
            answer = error
        pickle.dump(answer, answers)
        answers.flush()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    serve(sys.stdin.buffer, sys.stdout.buffer)
