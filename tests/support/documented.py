"""What the documents tell people to type: every command in blocks, tables and the text, as it stands there."""

import re
import shutil
import subprocess
from pathlib import Path


PROJECT = Path(__file__).parents[2]
FENCED = re.compile(r"^```(\w*)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?:^ {4,}\S.*\n?)+", re.MULTILINE)
INLINE = re.compile(r"`([^`]+)`")
# Programs that a reader may be told to call; what else is on this machine counts too where it has arguments.
PROGRAMS = {"make", "mtcl", "duckdb", "pip", "python", "python3", "git", "docker", "curl", "uv", "dagster", "chgrp"}
OURS = ".venv/bin/mtcl"
# What each target of the Makefile must reach; here it is not run, since each sets up an environment of its own.
TARGETS = {
    "run": [".venv/bin/mtcl run"],
    "ui": [".venv/bin/mtcl ui --port"],
    "quick": [".venv/bin/ruff check", ".venv/bin/mypy", ".venv/bin/lint-imports", "tests.quick"],
    "test": [".venv/bin/python -m pytest"],
    "coverage": [".venv/bin/python -m pytest", "--cov-branch"],
    "check": [".venv/bin/ruff check", ".venv/bin/mypy", ".venv/bin/lint-imports", ".venv/bin/sqlfluff lint"],
    "bench": [".venv/bin/python -m tests.bench"],
    "soak": [".venv/bin/python -m pytest -m soak"],
    "chaos": [".venv/bin/python -m tests.chaos"],
    "release": ["deploy/release.py dist", "deploy/release.py --prove dist"],
    "check-readers": ["tests/pipelines/test_old_readers.py", "duckdb==1.4.0"],
    "engines": [".venv-engines/bin/python -m tests.engines", "requirements-spark.lock"],
    "lake": [".venv/bin/python -m pytest", "tests/warehouse/test_lake.py", "requirements-lake.lock"],
    "check-next": [".venv-next/bin/python -m pytest", "duckdb>=2"],
}
DRAWN = "─│►"
OPTIONAL = re.compile(r"\s*\[([^]]*)\]")


def commands(document: str) -> list[str]:
    """The commands of one document, each once, in its order."""
    text = (PROJECT / document).read_text(encoding="utf-8")
    blocks = [body for kind, body in FENCED.findall(text) if kind not in ("sql", "python")]
    prose = FENCED.sub("", text)
    blocks += INDENTED.findall(prose)
    found = [line for block in blocks if not set(block) & set(DRAWN) for line in block.splitlines()]
    found += [code for code in INLINE.findall(INDENTED.sub("", prose)) if is_command(code)]
    return list(dict.fromkeys(filter(None, map(normal, found))))


def normal(line: str) -> str:
    """On one line, without its comment."""
    return " ".join(line.partition("  #")[0].split())


def is_command(code: str) -> bool:
    """`make` alone is a tool, `make run` a command; `duckdb.connect(…)` is one for Python."""
    first, _, rest = normal(code).partition(" ")
    if first.startswith((".venv/bin/", "duckdb.connect(")):
        return True
    return bool(rest) and (first in PROGRAMS or shutil.which(first) is not None)


def variants(command: str) -> list[str]:
    """Without anything optional, and with all of it."""
    return list(dict.fromkeys((OPTIONAL.sub("", command), OPTIONAL.sub(r" \1", command))))


def vocabulary(documents: list[str]) -> set[str]:
    """`program subcommand` and `program subcommand --option` for all that is told."""
    told = set()
    for command in (variant for document in documents for entry in commands(document) for variant in variants(entry)):
        program, _, rest = command.partition(" ")
        name = f"{program} {rest.split(' ')[0]}" if program in ("make", OURS) else program
        told |= {name} | {f"{name} {option}" for option in re.findall(r"--[a-z-]+", command)}
    return told


def planned(target: str, *settings: str) -> str:
    """What make would do for a target, from nothing."""
    done = subprocess.run(
        ["make", "-n", "-B", target, *settings],  # noqa: S607
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [part for part in TARGETS[target] if part not in done.stdout] == []
    return done.stdout
