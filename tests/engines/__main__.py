"""`python -m tests.engines [--rest] [--warehouse FILE] [TABLE …]`: models on both engines; see proof.csv.

Exits with 1 where a model that was proven is so no longer, and with 0 where there is no Java: it says so.
"""

import argparse
import csv
import sys
import tempfile
import time
from pathlib import Path

from tests.engines.proof import Verdict, proven
from tests.engines.province import prepared
from warehouse.engines.spark.proven import COLUMNS, EQUAL, FILE, verdicts
from warehouse.engines.spark.session import NoJava, session
from warehouse.models import load


# Little tables: one task for each step, and expressions interpreted, since compiling them takes longer than they do.
SMALL = {
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "1",
    "spark.default.parallelism": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}
SHOWN = 200


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.engines")
    parser.add_argument("--warehouse", type=Path, help="a warehouse that is there already, instead of a small province")
    parser.add_argument("--rest", action="store_true", help="only what is not proven as it stands")
    parser.add_argument("tables", nargs="*", help="schema.table; all models where none is named")
    chosen = parser.parse_args()
    models = [model for model in load() if not chosen.tables or model.table in chosen.tables]
    before = dict(verdicts())
    with tempfile.TemporaryDirectory(prefix="mtcl-engines-") as kept:
        folder, started = Path(kept), time.perf_counter()
        try:
            with session(folder / "spark", settings=SMALL) as opened:
                print(f"session: {time.perf_counter() - started:.0f} s", flush=True)
                found = []
                warehouse = chosen.warehouse or prepared(folder / "province")
                for verdict in proven(opened, warehouse, models, folder, again=not chosen.rest):
                    print(f"{verdict.table}: {verdict.verdict}, {verdict.seconds:.1f} s {told(verdict)}", flush=True)
                    found.append(verdict)
                    write(before, found)
        except NoJava as missing:
            print(missing)
            return 0
    lost = [one.table for one in found if one.verdict != EQUAL and before.get(one.table, {}).get("verdict") == EQUAL]
    equal = sum(one.verdict == EQUAL for one in found)
    print(f"{equal} of {len(found)} equal; no longer: {', '.join(lost) or 'none'}")
    return 1 if lost else 0


def told(verdict: Verdict) -> str:
    return "" if verdict.verdict == EQUAL else verdict.said


def write(before: dict[str, dict[str, str]], found: list[Verdict]) -> None:
    """What was looked at now, and of the others what is known; a model that is gone goes."""
    names = {model.table for model in load()}
    rows = {table: line for table, line in before.items() if table in names}
    for one in found:
        said = one.said if len(one.said) <= SHOWN else one.said[:SHOWN] + "…"
        rows[one.table] = dict(zip(COLUMNS, (one.table, one.verdict, one.digest, said), strict=True))
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[table] for table in sorted(rows))


if __name__ == "__main__":
    sys.exit(main())
