"""What the contract promises of every publication, whatever the sources did: keys, references, constraints."""

from pathlib import Path

import duckdb

from warehouse import constraints, contract


def broken(published: Path) -> list[str]:
    """What does not hold of a published file, named; looked for with queries of its own, not by what the file says."""
    with duckdb.connect(str(published), read_only=True) as reader:
        return [*twice(reader), *lost(reader), *missing(reader)]


def twice(reader: duckdb.DuckDBPyConnection) -> list[str]:
    """Keys that name more than one row, also where no constraint says so."""
    counted = {
        table: reader.execute(f"select count(*) - count(distinct ({', '.join(own.key)})) from {table}").fetchall()
        for table, own in contract.terms().items()
        if own.key
    }
    return [f"{table}: {rows} rows more than keys" for table, ((rows,),) in counted.items() if rows]


def lost(reader: duckdb.DuckDBPyConnection) -> list[str]:
    """References that find no row."""
    found = []
    for one in contract.references():
        own, theirs = (", ".join(names) for names in (one.columns, one.to_columns))
        rows = reader.execute(
            f"select distinct {own} from {one.table} where ({own}) is not null and {one.columns[0]} is not null"
            f" except select {theirs} from {one.to_table}"
        ).fetchall()
        found += [f"{one.table} ({own}): {row} is not in {one.to_table}" for row in rows[:3]]
    return found


def missing(reader: duckdb.DuckDBPyConnection) -> list[str]:
    """Constraints that a published table should have and has not, by what its own definition asks."""
    shapes: dict[str, dict[str, str]] = {}
    for table, name, kind in reader.execute(
        "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns()"
        " where schema_name = 'marts' order by table_name, column_index"
    ).fetchall():
        shapes.setdefault(table, {})[name] = kind
    there = dict(
        reader.execute(
            "select 'marts.' || table_name, count(*) from duckdb_constraints() where schema_name = 'marts' group by all"
        ).fetchall()
    )
    promised = [table for table, columns in shapes.items() if constraints.definition(table, columns)]
    return [f"{table}: no constraint" for table in promised if table not in there]
