"""What stands between a process and its disk (shim.c): built once, loaded before everything else, armed in a child."""

import ctypes
import errno
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path


SOURCE = Path(__file__).with_name("shim.c")
PLACE = "CHAOS_SHIM"
COUNT, FAIL_ONCE, FAIL_ON, KILL, BUDGET, JUMP = range(6)
ERRORS = (errno.ENOSPC, errno.EIO)


def is_possible() -> bool:
    return shutil.which("gcc") is not None


def load(folder: Path) -> None:
    """Builds it; whatever Python is started from now on stands behind it, and nothing happens until it is armed."""
    built = folder / "shim.so"
    command = ["gcc", "-shared", "-fPIC", "-O2", "-o", str(built), str(SOURCE), "-ldl", "-lpthread"]
    subprocess.run(command, check=True)
    os.environ |= {"LD_PRELOAD": str(built), PLACE: str(built)}


@dataclass(frozen=True)
class Armed:
    """`number`: of the operation, or the budget in bytes; `given`: the error, or the seconds to jump.

    `kept`: where what was never synced is written down, for power.py.
    """

    what: int = COUNT
    number: int = 0
    given: int = 0
    kept: str = ""

    def stand_before(self, home: Path) -> None:
        """In the child: from here on, for everything below `home`."""
        ctypes.CDLL(os.environ[PLACE]).chaos_arm(
            str(home).encode(), self.kept.encode(), ctypes.c_long(self.number), self.what, self.given
        )


def passed() -> int:
    """How many operations there were since it was armed."""
    count = ctypes.CDLL(os.environ[PLACE]).chaos_count
    count.restype = ctypes.c_long
    return int(count())
