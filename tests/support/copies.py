"""A copy of the product in a folder of its own, to which a test may add files, and its command line run there."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support import prepared


ROOT = Path(__file__).parents[2]
PARTS = ("pipelines", "assets", "connectors", "warehouse", "pyproject.toml")


class Copy:
    """Runs `mtcl` of the copy: what is installed here serves it, except the packages that are copied."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            if (ROOT / part).is_dir():
                shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copyfile(ROOT / part, folder / part)

    def add(self, path: str, text: str) -> None:
        (self.folder / path).write_text(text, encoding="utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        text = (self.folder / path).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{path}: {old!r} does not stand there once"
        (self.folder / path).write_text(text.replace(old, new), encoding="utf-8")

    def python(self, code: str, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
        own = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "TMPDIR", "LANG")}
        own |= {"PYTHONPATH": str(self.folder)}
        return prepared.python(code, self.folder, own | environment, arguments)

    def mtcl(self, environment: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python(prepared.MTCL, environment, *arguments)

    def run(self, environment: Mapping[str, str]) -> dict[str, Any]:
        """One night; what `mtcl run --json` says of it."""
        done = self.mtcl(environment, "run", "--json")
        assert done.stdout.strip(), done.stderr[-3000:]
        report: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return report
