"""`python -m tests.engines [--rest] [--warehouse FILE] [TABLE …]`: models on both engines; see proof.csv.

Exits with 1 where a model that was proven is so no longer, and with 0 where there is no Java: it says so.
"""

import argparse
import csv
import sys
import tempfile
from pathlib import Path

from tests.engines import chain, in_a_run, words
from tests.engines.proof import Verdict, proven
from tests.engines.proof import opened as oracle_of
from tests.engines.province import prepared
from warehouse.engines.spark.proven import COLUMNS, EQUAL, FILE, verdicts
from warehouse.engines.spark.session import NoJava, java_there, session
from warehouse.models import Model, load


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
    with tempfile.TemporaryDirectory(prefix="mtcl-engines-") as kept:
        folder = Path(kept)
        try:
            java_there()
        except NoJava as missing:
            print(missing)
            return 0
        warehouse = chosen.warehouse or prepared(folder / "province")
        wrong = proof_of_models(warehouse, models, folder, again=not chosen.rest)
        if not chosen.tables:
            wrong += chain_that_loses_an_executor(warehouse, folder)
            wrong += engine_in_a_run(warehouse, folder)
    print("\n".join(wrong) or "nothing that was proven is lost")
    return 1 if wrong else 0


def proof_of_models(warehouse: Path, models: list[Model], folder: Path, again: bool) -> list[str]:
    """What is no longer equal, or differs in a word."""
    before, found = dict(verdicts()), []
    with session(folder / "spark", settings=SMALL) as opened:
        with oracle_of(warehouse) as oracle:
            differing = words.differences(opened, oracle, folder)
        for verdict in proven(opened, warehouse, models, folder, again):
            print(f"{verdict.table}: {verdict.verdict}, {verdict.seconds:.1f} s {told(verdict)}", flush=True)
            found.append(verdict)
            write(before, found)
    print(f"{sum(one.verdict == EQUAL for one in found)} of {len(found)} equal")
    lost = [one.table for one in found if one.verdict != EQUAL and before.get(one.table, {}).get("verdict") == EQUAL]
    return [f"{table}: no longer equal" for table in lost] + [
        f"{name}: differs for {len(texts)} texts, as {texts[0]!r}" for name, texts in differing.items() if texts
    ]


def chain_that_loses_an_executor(warehouse: Path, folder: Path) -> list[str]:
    wrong = []
    for table, ours, theirs, executors in chain.hashes(warehouse, folder / "chain"):
        print(f"{table}: {ours} {theirs} ({executors} executors)", flush=True)
        if ours != theirs:
            wrong.append(f"{table}: another hash on two executors")
    return wrong


def engine_in_a_run(warehouse: Path, folder: Path) -> list[str]:
    found = list(in_a_run.hashes(warehouse, folder, chain.MT1))
    return [f"{table}: another hash in a run" for table, ours, theirs in found if ours != theirs]


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
