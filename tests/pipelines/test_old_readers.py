"""A published file in the hands of the oldest DuckDB that the contract names; run by `make check-readers`."""

import json
import os
import subprocess
from pathlib import Path

import pytest


READER = os.environ.get("READERS_PYTHON")
EVERYTHING = """
import json, sys
import duckdb
with duckdb.connect(sys.argv[1], read_only=True) as reader:
    tables = reader.execute(
        "select schema_name, table_name from duckdb_tables() where not internal union all"
        " select schema_name, view_name from duckdb_views() where not internal").fetchall()
    rows = {f"{schema}.{name}": len(reader.execute(f'select * from "{schema}"."{name}"').fetchall())
            for schema, name in tables}
    board = reader.execute("select indicator, numerator, denominator, verdict from marts.scoreboard order by position")
    print(json.dumps([duckdb.__version__, rows, board.fetchall()]))
"""


@pytest.mark.skipif(READER is None, reason="READERS_PYTHON names no Python with an old DuckDB: make check-readers")
def test_every_table_and_view_is_read_by_the_oldest_reader(first_night: Path) -> None:
    file = (first_night / "published" / "mtcl.duckdb").resolve()
    asked = subprocess.run([str(READER), "-c", EVERYTHING, str(file)], stdout=subprocess.PIPE, text=True, check=True)
    version, rows, board = json.loads(asked.stdout)
    assert version.startswith("1.4.")
    manifest = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
    tables = {name: facts["rows"] for name, facts in manifest["tables"].items()}
    views = {name for name in rows if name.startswith("bao_cao.")}
    assert {name: number for name, number in rows.items() if name not in views} == tables
    assert len(views) > 10
    assert len(board) == 18
    print(f"\nDuckDB {version}: {len(tables)} tables, {len(views)} views, {sum(rows.values())} rows")
