"""In the lake's environment: `lake_writer.py JSON` appends publications one after the other, or dies at one of them.

`[[organisation, file], …]`; with DIE_AT=point the process kills itself where the last of them has come to that point.
Prints how many were appended and every commit that another was in the way of.
"""

import json
import os
import signal
import sys
from pathlib import Path

from warehouse.lake.appending import Publication, append
from warehouse.lake.connection import Place, opened


def main(todo: list[tuple[str, str]]) -> None:
    appended, conflicts = 0, []
    with opened(Place.of(os.environ)) as lake:
        for number, (organisation, file) in enumerate(todo, 1):
            is_last = number == len(todo)

            def reached(point: str, is_last: bool = is_last) -> None:
                if is_last and point == os.environ.get("DIE_AT"):
                    os.kill(os.getpid(), signal.SIGKILL)

            done = append(lake, Publication.read(organisation, Path(file)), reached)
            appended += done.is_new
            conflicts += done.conflicts
    sys.stdout.write(json.dumps({"appended": appended, "conflicts": conflicts}))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
