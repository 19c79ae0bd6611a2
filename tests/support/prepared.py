"""`mtcl` in a process of its own that does not import the libraries again: it begins as a fork of one that has them.

A fifth of what a run of a small province costs is the import of Dagster and Great Expectations; nothing of ours is
imported before the fork. The first run, the page and the copies' own tests start Python as a shell does.
"""

import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path


@cache
def prepared() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.support.libraries"])
    return context


OURS = ("pipelines", "assets", "connectors", "warehouse")
MTCL = "from pipelines.cli import main; main(prog_name='mtcl')"


def mtcl(folder: Path, environment: Mapping[str, str], arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """What `mtcl` answers in `folder`, where the product stands or which says by PYTHONPATH where it does."""
    return python(MTCL, folder, environment, arguments)


def python(
    code: str, folder: Path, environment: Mapping[str, str], arguments: Sequence[str] = (), seconds: float = 600
) -> subprocess.CompletedProcess[str]:
    """What the code says there. Raises TimeoutError."""
    with tempfile.TemporaryDirectory() as kept:
        out, err = Path(kept) / "out", Path(kept) / "err"
        process = prepared().Process(target=run, args=(code, folder, dict(environment), list(arguments), out, err))
        process.start()
        process.join(seconds)
        if process.exitcode is None:
            process.kill()
            raise TimeoutError(f"{' '.join(arguments)} did not end within {seconds:.0f} s")
        said = (path.read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess(["mtcl", *arguments], process.exitcode, *said)


def run(code: str, folder: Path, environment: dict[str, str], arguments: list[str], out: Path, err: Path) -> None:
    """In the fork: this environment and no other, its words to the two files."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[:0] = environment.get("PYTHONPATH", str(folder)).split(os.pathsep)
    for descriptor, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), descriptor)
    sys.stdout, sys.stderr = (os.fdopen(descriptor, "w", encoding="utf-8", closefd=False) for descriptor in (1, 2))
    # Other tests fork from the same server, and may have had it import ours: of this checkout, not of `folder`.
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    sys.argv = ["mtcl", *arguments]
    exec(code, {"__name__": "__main__"})  # noqa: S102 - the words of a test of ours
