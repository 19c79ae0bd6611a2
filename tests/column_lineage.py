"""What each column of each model is made of, read out of the SQL: `python -m tests.column_lineage` writes it down.

The text of a column counts, not the conditions under which its row is there: of those, a model's reads tell. A field of
a source stands behind the column `payload` of a raw table, as JSON spells it.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope
from sqlglot.schema import MappingSchema

from tests.support.warehouses import template
from warehouse import models
from warehouse.contract.lineage import FILE, Origin
from warehouse.models import Model


# Names of members are spelt as a source spells them.
DIALECT = "duckdb,normalization_strategy=case_sensitive"
Columns = dict[str, dict[str, str]]
Path = tuple[str, ...]
# What gives one of its arguments as it is, so that a member of its value is a member of theirs.
HANDED_ON = (
    exp.Alias, exp.ArrayConcat, exp.ArrayFilter, exp.Case, exp.Cast, exp.Coalesce, exp.Explode, exp.Filter, exp.If,
    exp.Nullif, exp.Paren, exp.Transform, exp.Unnest, exp.Window,
)  # fmt: skip


def leaves() -> Columns:
    """Columns of what is no model: raw tables, the ledger, the reference."""
    found: Columns = {}
    with duckdb.connect(str(template()), read_only=True) as reader:
        for table, column, kind in reader.execute(
            "select schema_name || '.' || table_name, column_name, data_type from duckdb_columns() where not internal"
        ).fetchall():
            found.setdefault(table, {})[column] = kind
    return found


def derived() -> dict[tuple[str, str], list[Origin]]:
    """(table, column) → what stands in it, of every model in the order in which they are built."""
    known, found = leaves(), {}
    for model in models.load():
        columns = traced(model, known)
        known[model.table] = dict.fromkeys(columns, "varchar")
        found |= {(model.table, name): sorted(origins) for name, origins in columns.items()}
    return found


def traced(model: Model, known: Columns) -> dict[str, set[Origin]]:
    tree = plain(sqlglot.parse_one(model.sql, dialect=DIALECT), known)
    nested: dict[str, Columns] = {}
    for table, columns in known.items():
        schema, _, name = table.partition(".")
        nested.setdefault(schema, {})[name] = columns
    whole = qualify(
        tree,
        dialect=DIALECT,
        schema=MappingSchema(nested, dialect=DIALECT, normalize=False),
        validate_qualify_columns=False,
        quote_identifiers=False,
        identify=False,
    )
    scope = build_scope(whole)
    assert scope is not None, model.table
    return {name: set(of_column(name, scope, ())) for name in whole.named_selects}


def plain(tree: exp.Expr, known: Columns) -> exp.Expr:
    """The same columns, told without what the tracer does not know: structs spread over columns, unions by name."""
    for spread in list(tree.find_all(exp.Unnest, exp.Explode)):
        if isinstance(spread.parent, exp.Select) and (members := members_of(spread)):
            shown = [part for one in spread.parent.selects for part in (members if one is spread else [one])]
            spread.parent.set("expressions", shown)
    within = {cte.alias: cte.this for cte in tree.find_all(exp.CTE)}
    # The innermost first: what stands around them takes their names.
    for union in reversed(list(tree.find_all(exp.SetOperation))):
        if union.args.get("by_name"):
            names = names_of(union, known, within)
            for side in (union.left, union.right):
                side.replace(padded(side, names, names_of(side, known, within)))
    return tree


def members_of(spread: exp.Expr) -> list[exp.Expr]:
    """`unnest([{a: x, b: y}, {a: z, b: w}], recursive := true)` → `coalesce(x, z) as a, coalesce(y, w) as b`."""
    found: dict[str, list[exp.Expr]] = {}
    for struct in spread.find_all(exp.Struct):
        for member in struct.expressions:
            found.setdefault(member.this.name, []).append(member.expression)
    for call in spread.find_all(exp.Anonymous):
        for name in members_of_macro(call.name, len(call.expressions)):
            found.setdefault(name, []).append(call)
    return [
        exp.alias_(exp.func("coalesce", *(value.copy() for value in values)), name) for name, values in found.items()
    ]


@cache
def members_of_macro(name: str, arguments: int) -> list[str]:
    """Of the struct that a macro of ours gives; none of anything else."""
    with duckdb.connect() as asked:
        asked.execute((models.FOLDER / "macros.sql").read_text(encoding="utf-8"))
        nothing = ", ".join(["null"] * arguments)
        (kind,) = asked.execute(f"describe select {name}({nothing})").fetchall()
        is_struct = kind[1].startswith("STRUCT")
        shown = asked.execute(f"describe select unnest({name}({nothing}))").fetchall() if is_struct else []
        return [member for member, *_ in shown]


def names_of(query: exp.Expr, known: Columns, within: dict[str, exp.Expr]) -> list[str]:
    """Of the columns that a query gives, stars spread out; `within`: the queries of the same text by their names."""
    if isinstance(query, exp.SetOperation):
        return list(dict.fromkeys([*names_of(query.left, known, within), *names_of(query.right, known, within)]))
    if isinstance(query, exp.Subquery):
        return names_of(query.this, known, within)
    assert isinstance(query, exp.Select)
    found = []
    for one in query.selects:
        if one.is_star:
            star = one.this if isinstance(one, exp.Column) else one
            left_out = {name.name for name in star.args.get("except_") or star.args.get("except") or ()}
            for source in (query.args["from_"].this, *(join.this for join in query.args.get("joins") or ())):
                if not isinstance(one, exp.Column) or source.alias_or_name == one.table:
                    found += [name for name in names_in(source, known, within) if name not in left_out]
        else:
            found.append(one.alias_or_name)
    return found


def names_in(source: exp.Expr, known: Columns, within: dict[str, exp.Expr]) -> list[str]:
    if isinstance(source, exp.Table):
        return list(known[f"{source.db}.{source.name}"]) if source.db else names_of(within[source.name], known, within)
    return names_of(source, known, within)


def padded(query: exp.Expr, names: list[str], own: list[str]) -> exp.Expr:
    shown = [exp.column(name) if name in own else exp.alias_(exp.null(), name) for name in names]
    return exp.select(*shown).from_(exp.Subquery(this=query.copy(), alias=exp.TableAlias(this="side")))


@dataclass(frozen=True)
class Place:
    """A value in a query: its expression, the scope in which its names stand, the member of it that is asked for."""

    node: exp.Expr
    scope: Scope
    path: Path


def of_column(name: str, scope: Scope, path: Path) -> Iterator[Origin]:
    """What a column of a query is made of; of a union in every part."""
    query = scope.expression
    if isinstance(query, exp.SetOperation):
        position = query.named_selects.index(name)
        for part in scope.set_operation_scopes:
            yield from of_column(part.expression.named_selects[position], part, path)
    elif isinstance(query, exp.Query):
        for projection in query.selects:
            if projection.alias_or_name == name:
                yield from of_value(Place(projection, scope, path))
    else:
        yield from of_value(Place(query, scope.parent or scope, path))


def of_value(place: Place) -> Iterator[Origin]:
    node, scope, path = place.node, place.scope, place.path
    match node:
        case exp.Column():
            yield from of_name(node, scope, path)
        case exp.Dot():
            yield from of_value(Place(node.this, scope, (node.expression.name, *path)))
        case exp.JSONExtract() | exp.JSONExtractScalar():
            yield from of_value(Place(node.this, scope, (*json_path(node.expression), *path)))
        case exp.Anonymous(expressions=[value, exp.Literal() as member]) if member.name.startswith("$."):
            yield from of_value(Place(value, scope, tuple(member.name[2:].split("."))))
        case exp.ArgMax() | exp.ArgMin() | exp.FromJson():
            yield from of_value(Place(node.this, scope, path))
        case exp.Query() | exp.Subquery():
            inner = [one for one in scope.subquery_scopes if one.expression is node.unnest()]
            for one in inner:
                for name in one.expression.named_selects:
                    yield from of_column(name, one, path)
        case _:
            for child in node.iter_expressions():
                yield from of_value(Place(child, scope, path if isinstance(node, HANDED_ON) else ()))


def of_name(column: exp.Column, scope: Scope, path: Path) -> Iterator[Origin]:
    members = tuple(part.name for part in column.parts[2:]) if len(column.parts) > 2 else ()
    source, around = scope.sources.get(column.table), scope.parent
    while source is None and around is not None:
        source, around = around.sources.get(column.table), around.parent
    if isinstance(source, Scope):
        yield from of_column(column.name, source, (*members, *path))
    elif isinstance(source, exp.Table):
        is_wire = source.db == "raw" and column.name == "payload"
        yield Origin(f"{source.db}.{source.name}", column.name, ".".join((*members, *path)) if is_wire else "")


def json_path(node: exp.Expr) -> Path:
    return tuple(str(part.this) for part in node.find_all(exp.JSONPathKey))


def written(found: dict[tuple[str, str], list[Origin]]) -> str:
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("table", "column", "origins"))
    for (table, column), origins in found.items():
        lines.writerow((table, column, " ".join(origin.written for origin in origins)))
    return text.getvalue()


def main(arguments: list[str]) -> int:
    """`--check` writes nothing, and exits with 1 where the file says something else than the models."""
    made = written(derived())
    if arguments == ["--check"]:
        is_same = made == FILE.read_text(encoding="utf-8")
        print(f"{FILE.name}: " + ("as the models say" if is_same else "other than the models; run it without --check"))
        return 0 if is_same else 1
    FILE.write_text(made, encoding="utf-8")
    print(f"{FILE.name}: written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
