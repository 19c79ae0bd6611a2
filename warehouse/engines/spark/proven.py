"""Which models Spark may build: those that `make engines` has found equal, as they are said to Spark now.

`proof.csv` is written by it: model, verdict (equal, different, failed, refused), digest of what Spark was told, and how
many rows were compared or what went wrong. A model that has changed since, or a word in which it is said, has no proof.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

from warehouse.engines.spark import macros
from warehouse.engines.spark.session import WORDS


FILE = Path(__file__).with_name("proof.csv")
COLUMNS = ("model", "verdict", "digest", "said")
EQUAL, REFUSED = "equal", "refused"


def digest(sql: str) -> str:
    """Of a model in Spark's words and of the words themselves."""
    said = hashlib.sha256(sql.encode())
    for file in (macros.OURS, WORDS):
        said.update(file.read_bytes())
    # A word of both is a promise: what DuckDB's means has changed where it is written in another way.
    for name in sorted(macros.of_spark()):
        said.update(macros.of_duckdb()[name].body.sql("duckdb").encode())
    return said.hexdigest()[:16]


@cache
def verdicts() -> dict[str, dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return {line["model"]: line for line in csv.DictReader(lines)}


def is_proven(model: str, sql: str) -> bool:
    found = verdicts().get(model)
    return found is not None and found["verdict"] == EQUAL and found["digest"] == digest(sql)
