"""A reference table in DuckDB with exact types, from rows whose columns are declared."""

from datetime import date, time
from decimal import Decimal
from types import NoneType
from typing import Any, get_args

import pyarrow as pa

from warehouse.database import Database
from warehouse.reference.schema import Row


ARROW: dict[object, pa.DataType] = {
    str: pa.string(),
    int: pa.int32(),
    bool: pa.bool_(),
    date: pa.date32(),
    time: pa.time64("us"),
    Decimal: pa.decimal128(18, 6),
    list[str]: pa.list_(pa.string()),
}


def arrow_type(annotation: object) -> pa.DataType:
    """The Arrow type of a column; an optional type is that of its value, a literal is text."""
    if annotation in ARROW:
        return ARROW[annotation]
    for part in get_args(annotation):
        if part is not NoneType:
            return ARROW.get(part) or arrow_type(part)
    return pa.string()


def columns_of(shape: type[Row]) -> dict[str, Any]:
    return {name: field.annotation for name, field in shape.model_fields.items()}


def create_table(database: Database, name: str, columns: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    """Create or replace `reference.<name>`; a column that a row lacks is NULL, what it has beyond them is left out."""
    fields = pa.schema([(column, arrow_type(annotation)) for column, annotation in columns.items()])
    table = pa.Table.from_pylist([{column: row.get(column) for column in columns} for row in rows], schema=fields)
    with database.registered("reference_rows", table):
        database.connection.execute(f"create or replace table reference.{name} as select * from reference_rows")
