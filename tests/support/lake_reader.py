"""In the lake's environment: `lake_reader.py STOP ROWS TABLE…` reads until the file STOP is there, and counts.

A read is one transaction over all tables: of each organisation every table has to hold `ROWS` rows of the publication
that the pointer names, no more and no less. Prints reads, torn reads (with the first of them), states seen.
"""

import json
import os
import sys
from pathlib import Path

from warehouse.lake.connection import Place, opened


STEM = "mtcl-2025-12-31-"
# Others of the same lake may publish other tables.
PROVINCES = "where organisation like 'P%'"


def main(stop: Path, rows: int, tables: list[str]) -> None:
    reads, torn, states = 0, [], set()
    with opened(Place.of(os.environ), read_only=True) as lake:
        is_over = False
        while not is_over:
            # Once more after the last writer.
            is_over = stop.exists()
            with lake.transaction():
                pointers = dict(lake.query(f"select organisation, version from lake.store.pointers {PROVINCES}"))
                for table in tables:
                    expected = {code: (rows, version, version) for code, version in pointers.items()}
                    found = lake.query(
                        f"select organisation, count(*), '{STEM}' || min(mark), '{STEM}' || max(mark)"
                        f" from lake.{table} {PROVINCES} group by organisation"
                    )
                    if {code: tuple(seen) for code, *seen in found} != expected:
                        torn.append(f"{table}: {found} instead of {expected}"[:500])
            reads += 1
            states |= set(pointers.items())
    sys.stdout.write(json.dumps({"reads": reads, "torn": len(torn), "first": torn[:1], "states": len(states)}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
