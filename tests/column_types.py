"""`python -m tests.column_types` writes warehouse/dictionary/types.csv anew: what DuckDB makes of every model.

The models are built over empty sources, which gives the same columns and types as a full province.
"""

import csv
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from tests.support.warehouses import loaded_warehouse
from warehouse import building, ledger, models
from warehouse.dictionary import FOLDER


FILE = FOLDER / "types.csv"
HEAD = ("table", "column", "type")
COLUMNS = """
select schema_name || '.' || table_name as name, column_name, data_type
from duckdb_columns()
where
    database_name = 'warehouse'
    and schema_name in ('reference', 'staging', 'core', 'anomalies', 'indicators', 'marts')
order by name, column_index
"""
DAY = date(2025, 12, 31)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        loaded_warehouse(Path(folder), clock=lambda: datetime(2025, 12, 31, tzinfo=UTC)) as warehouse,
    ):
        ledger.set_closing(warehouse, DAY, "types")
        for model in models.load():
            building.build(warehouse, model)
        found = warehouse.query(COLUMNS)
    with FILE.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written, lineterminator="\n").writerows([HEAD, *found])
    print(f"{FILE.name}: {len(found)} columns")


if __name__ == "__main__":
    main()
