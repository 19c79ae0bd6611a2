"""The words of `macros.sql` for Spark: its own where `macros.spark.sql` has one, else the body of DuckDB's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp

from warehouse.database import MACROS
from warehouse.engines.spark import dialect


OURS = MACROS.with_name("macros.spark.sql")
DUCKDB = re.compile(r"create or replace temp macro (?P<name>\w+)\((?P<parameters>[^)]*)\) as\s(?P<body>.*?);\n", re.S)
SPARK = re.compile(
    r"create or replace temporary function (?P<name>\w+)\((?P<parameters>[^)]*)\)\s+returns (?P<returns>\w+)\s+"
    r"return\s(?P<body>.*?);\n",
    re.S,
)


@dataclass(frozen=True)
class Macro:
    name: str
    parameters: tuple[str, ...]
    body: exp.Expr
    # The type that Spark's says it gives; DuckDB's macros say none.
    returns: str = ""

    def applied(self, arguments: list[exp.Expr]) -> exp.Expr:
        """The body with these arguments in the places of its parameters."""
        given = dict(zip(self.parameters, arguments, strict=True))
        body = exp.Paren(this=self.body.copy())
        for column in list(body.find_all(exp.Column)):
            if column.table in given:
                column.replace(member(given[column.table], column.name))
            elif not column.table and column.name in given:
                column.replace(enclosed(given[column.name]))
        return body


def enclosed(argument: exp.Expr) -> exp.Expr:
    plain = isinstance(argument, exp.Column | exp.Literal | exp.Anonymous | exp.Paren | exp.Struct)
    return argument.copy() if plain else exp.Paren(this=argument.copy())


def member(owner: exp.Expr, name: str) -> exp.Expr:
    """Of a struct that is written out the field's own expression."""
    if isinstance(owner, exp.Struct):
        fields: dict[str, exp.Expr] = {pair.this.name: pair.expression for pair in owner.expressions}
        return fields[name].copy()
    return exp.Dot(this=enclosed(owner), expression=exp.to_identifier(name))


def found(path: Path, form: re.Pattern[str]) -> dict[str, Macro]:
    macros = {}
    for match in form.finditer(path.read_text(encoding="utf-8")):
        parameters = tuple(part.split()[0] for part in match["parameters"].split(",") if part.strip())
        body = dialect.parsed(match["body"]) if form is DUCKDB else sqlglot.parse_one(match["body"], read="spark")
        macros[match["name"]] = Macro(match["name"], parameters, body, match.groupdict().get("returns", ""))
    return macros


@cache
def of_duckdb() -> dict[str, Macro]:
    return found(MACROS, DUCKDB)


@cache
def of_spark() -> dict[str, Macro]:
    return found(OURS, SPARK)


def statements() -> list[str]:
    """What a session of Spark runs before any model: each function after those it names."""
    return [match[0].rstrip().rstrip(";") for match in SPARK.finditer(OURS.read_text(encoding="utf-8"))]


def expanded(tree: exp.Expr) -> exp.Expr:
    """Calls of DuckDB's macros replaced by their bodies, until only Spark's are left; these tell their type."""
    while calls := [call for call in tree.find_all(exp.Anonymous) if is_open(call)]:
        for call in calls:
            name = call.name.lower()
            if name in of_spark():
                call.meta["typed"] = True
                inner = call.copy()
                inner.meta["typed"] = True
                new: exp.Expr = exp.cast(inner, of_spark()[name].returns.upper(), dialect="spark")
                new.meta["declared"] = True
            else:
                new = of_duckdb()[name].applied(call.expressions)
            if call is tree:
                tree = new
            else:
                call.replace(new)
            if any(inner is not call and inner.find_ancestor(exp.Anonymous) for inner in calls):
                break  # What stood within it has been copied: look again.
    return tree


def is_open(call: exp.Anonymous) -> bool:
    name = call.name.lower()
    return name in of_duckdb() and not call.meta.get("typed")


def in_place(tree: exp.Expr) -> exp.Expr:
    """Spark forbids its SQL functions within a lambda and a generator: there their bodies stand themselves."""
    while calls := [call for call in tree.find_all(exp.Anonymous) if call.name in of_spark() and is_within(call)]:
        calls[0].replace(of_spark()[calls[0].name].applied(calls[0].expressions))
    return tree


def is_within(call: exp.Expr) -> bool:
    return call.find_ancestor(exp.Lambda, exp.Explode, exp.Select) is not call.parent_select
