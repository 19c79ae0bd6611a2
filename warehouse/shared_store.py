"""The store that organisations share: a process of another environment, told of finished files (warehouse/lake)."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any


# Settings name the store: reading them opens no database.
if TYPE_CHECKING:
    from warehouse.reading import Published


PROJECT = Path(__file__).parents[1]
# An append of a large province takes minutes; one that takes this long hangs.
LONGEST = 3600.0


class StoreFailed(Exception):
    """The store was not told; what is published stands, and the next append brings it. The message is for people."""


@dataclass(frozen=True)
class SharedStore:
    """`environment`: where the lake is, with its secrets; `tells_raw`: raw records are appended too."""

    python: Path
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    tells_raw: bool = False

    def says(self, *arguments: object) -> Any:
        """What the lake answers. Raises StoreFailed."""
        done = self.asked(*arguments)
        if done.returncode != 0:
            raise StoreFailed(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "Kho chung không đáp.")
        return json.loads(done.stdout)

    def asked(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        """Raises StoreFailed where it cannot be begun, or does not end."""
        machine = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TZ") if name in os.environ}
        # Where our own packages are installed beside this one, that folder would bring the other DuckDB with it.
        path = {} if PROJECT.name == "site-packages" else {"PYTHONPATH": str(PROJECT)}
        try:
            return subprocess.run(  # noqa: S603 - our own module
                [self.python, "-m", "warehouse.lake", *map(str, arguments)],
                env=machine | path | dict(self.environment),
                capture_output=True,
                text=True,
                timeout=LONGEST,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StoreFailed(f"Không chạy được môi trường của kho chung ({type(error).__name__}).") from error

    def append(
        self, org_code: str, published: Published, beside: Path | None = None, raw_until: str | None = None
    ) -> dict[str, Any]:
        """A publication; `beside`: a folder of Parquet that its run has written (warehouse/store_beside.py).

        Raises StoreFailed.
        """
        more = ["--beside", beside, *(["--raw-until", raw_until] if raw_until else [])] if beside else []
        told: dict[str, Any] = self.says("append", org_code, published.path, *more)
        return told

    def raw_until(self, org_code: str) -> str | None:
        """Until when it has been told of raw records. Raises StoreFailed."""
        told: str | None = self.says("since", org_code)["raw_until"]
        return told
