"""From a model to what Spark is told: the same file, its macros, then the rules over a tree that knows its types."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp
from sqlglot.errors import SqlglotError
from sqlglot.optimizer.annotate_types import annotate_types
from sqlglot.optimizer.qualify import qualify
from sqlglot.schema import MappingSchema

from warehouse.engines.spark import dialect, macros, unions, unnests
from warehouse.engines.spark.rules import (
    Rule,
    Untranslatable,
    aggregates,
    documents,
    lists,
    numbers,
    queries,
    texts,
    times,
)


SUBJECTS = (lists, aggregates, documents, numbers, texts, times, queries)
RULES: dict[type[exp.Expr], Rule] = {kind: rule for subject in SUBJECTS for kind, rule in subject.RULES.items()}
NAMED: dict[str, Rule] = {name: rule for subject in SUBJECTS for name, rule in subject.NAMED.items()}
# Table → column → type, as DuckDB names them.
Shapes = Mapping[str, Mapping[str, str]]


def schema_of(shapes: Shapes) -> MappingSchema:
    tables: dict[str, object] = {}
    for schema in {table.partition(".")[0] for table in shapes}:
        within = {
            table.partition(".")[2]: dict(columns)
            for table, columns in shapes.items()
            if table.startswith(f"{schema}.")
        }
        tables[schema] = within
    return MappingSchema(tables, dialect="duckdb")


def transpiled(sql: str, schema: MappingSchema) -> str:
    """The select in Spark's words. Raises Untranslatable."""
    try:
        tree = typed(sql, schema)
    except SqlglotError as error:
        raise Untranslatable(str(error)) from error
    done = ruled(unions.by_position(tree))
    for node in done.walk():
        # No longer asked for, and each copy would copy them.
        node.type = None
    done = macros.in_place(queries.qualified(done))
    return done.sql(dialect="spark", pretty=True, identify=True, comments=False)


def typed(sql: str, schema: MappingSchema) -> exp.Expr:
    """The tree of a model with macros in their places, each column with its table, no star left, and types."""
    tree = queries.prepared(macros.expanded(dialect.parsed(sql)))
    tree = unnests.zipped(queries.rows_written_out(tree, schema))
    whole = qualify(
        tree, schema=schema, dialect="duckdb", validate_qualify_columns=False, quote_identifiers=False, identify=False
    )
    return annotate_types(whole, schema=schema, dialect="duckdb")


def ruled(node: exp.Expr) -> exp.Expr:
    """Parts first, so that what a rule is given is done; what it gives is not looked at again."""
    for part in list(node.iter_expressions()):
        ruled(part)
    rule = NAMED.get(node.name.lower()) if isinstance(node, exp.Anonymous) else RULES.get(type(node))
    if rule is None or (isinstance(node.parent, exp.Filter) and type(node) in aggregates.TAKES_CONDITION):
        return node
    new = rule(node)
    if new is not node:
        if not isinstance(node, exp.DataType):
            new.type = new.type or node.type
        if node.parent is not None:
            node.replace(new)
    return new
