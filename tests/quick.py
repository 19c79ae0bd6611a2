"""The tests that speak of what has changed since the last commit: `python -m tests.quick` prints their files.

Specifications that take minutes (nights of the whole pipeline, slow definitions) are left to `make test`.
"""

import re
import subprocess
from collections.abc import Iterable, Iterator
from heapq import nlargest
from pathlib import Path


ROOT = Path(__file__).parents[1]
# All models and rules load, whatever was changed.
ALWAYS = ("tests/warehouse/test_models_loader.py",)
# Of the tests that name a changed table, for the minute that there is.
MOST = 2
TAKES_MINUTES = re.compile(r"tests/pipelines/|tests/bench/|_slow\.py$|test_any_|test_kill\.py$|test_reading_while")


def changed() -> list[str]:
    """Files that differ from the last commit, and those that git does not know yet."""
    commands = (["diff", "--name-only", "HEAD"], ["ls-files", "--others", "--exclude-standard"])
    return [
        name
        for command in commands
        for name in subprocess.run(
            ["git", *command],  # noqa: S607
            cwd=ROOT,
            check=True,
            capture_output=True,
            text=True,
        ).stdout.split()
    ]


def tests_of(names: Iterable[str]) -> Iterator[str]:
    """The test files beside the changed ones, by name; of a model, those that speak most of its table."""
    for name in names:
        path = Path(name)
        if path.name.startswith("test_"):
            yield name
        elif path.suffix == ".sql" and path.parts[:2] == ("warehouse", "models"):
            yield from those_that_name(f"{path.parts[2]}.{path.stem}")
        elif path.suffix == ".py":
            yield from (str(test.relative_to(ROOT)) for test in ROOT.glob(f"tests/{path.parent}/test_{path.stem}.py"))
            yield from (str(test.relative_to(ROOT)) for test in ROOT.glob(f"tests/{path.parts[0]}/test_{path.stem}.py"))


def those_that_name(table: str) -> list[str]:
    counts = {
        str(test.relative_to(ROOT)): test.read_text(encoding="utf-8").count(table)
        for test in sorted(ROOT.glob("tests/models/test_*.py"))
        if not TAKES_MINUTES.search(test.name)
    }
    return [name for name in nlargest(MOST, counts, key=counts.__getitem__) if counts[name]]


def main() -> None:
    found = {name for name in tests_of(changed()) if not TAKES_MINUTES.search(name) and (ROOT / name).exists()}
    print("\n".join(sorted(found | set(ALWAYS))))


if __name__ == "__main__":
    main()
