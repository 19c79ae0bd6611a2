"""Where DuckDB and Spark mean different things by one word: what is written instead, grouped by subject.

A rule takes a node of the typed tree whose parts are already done, and gives what Spark is told in its place (or the
node itself). Each names the difference that it mends; "silent" ones raise nothing, they give other figures.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import sqlglot
from sqlglot import exp


Rule = Callable[[exp.Expr], exp.Expr]


class Untranslatable(Exception):
    """A model says what no rule covers; the message says what, the caller adds the model."""


def call(name: str, *arguments: exp.Expr) -> exp.Anonymous:
    """A function of Spark's by its own name: sqlglot does not reinterpret what it does not know."""
    return exp.Anonymous(this=name, expressions=[argument.copy() for argument in arguments])


def text(value: str) -> exp.Literal:
    return exp.Literal.string(value)


def number(value: int) -> exp.Expr:
    return exp.Literal.number(value)


def spark(template: str, **parts: exp.Expr) -> exp.Expr:
    """A piece of Spark SQL with `:name` where the parts go, each as often as it is named."""
    tree = exp.Paren(this=parsed(template).copy())
    for place in list(tree.find_all(exp.Placeholder)):
        place.replace(parts[place.name].copy())
    return tree


@cache
def parsed(template: str) -> exp.Expr:
    return sqlglot.parse_one(template, read="spark")


def is_a(node: exp.Expr, *kinds: str) -> bool:
    """By the type that DuckDB gives it; False where it is not known."""
    return node.type is not None and node.type.is_type(*kinds)


def is_list(node: exp.Expr) -> bool:
    return is_a(node, "array", "list")


def is_number(node: exp.Expr) -> bool:
    return node.type is not None and node.type.this in exp.DataType.NUMERIC_TYPES


def is_whole(node: exp.Expr) -> bool:
    return node.type is not None and node.type.this in exp.DataType.INTEGER_TYPES
