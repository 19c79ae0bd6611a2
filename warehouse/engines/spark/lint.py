"""What a model may say if Spark is to build it: words that a rule translates, and words that mean the same in both.

The list of the latter is closed: a word nobody has compared is refused, however well it translates. So is what has no
one meaning in DuckDB itself, because there the engines part without either being wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sqlglot import exp
from sqlglot.schema import MappingSchema

from warehouse.engines.spark import macros
from warehouse.engines.spark.transpile import NAMED, RULES, typed


# Names of sqlglot's classes, compared by the proof (`make engines`) and by hand.
SAME = frozenset(Path(__file__).with_name("same.csv").read_text(encoding="utf-8").split()[1:])
# Functions that sqlglot does not know, written by our own rules before the tree is typed, or words of Words.java.
SAME_FUNCTIONS = frozenset(("transform", "arrays_zip", "array", "strip_accents", "nfc_normalize", "row"))


def refusals(sql: str, schema: MappingSchema) -> list[str]:
    """What stands in the way of a model; empty for one that may be proven. Raises Untranslatable."""
    tree = typed(sql, schema)
    return list(dict.fromkeys([*unknown(tree), *not_to_be_said(tree), *without_meaning(tree)]))


def unknown(tree: exp.Expr) -> Iterator[str]:
    for node in tree.walk():
        if isinstance(node, exp.Anonymous):
            name = node.name.lower()
            if name not in NAMED and name not in SAME_FUNCTIONS and name not in macros.of_spark():
                yield f"{name}(): not compared"
        elif type(node) not in RULES and type(node).__name__ not in SAME:
            yield f"{type(node).__name__}: not compared"


def not_to_be_said(tree: exp.Expr) -> Iterator[str]:
    """Silent, and no rule: in a third table that is joined in full, sqlglot looks for the key of the first alone."""
    for select in tree.find_all(exp.Select):
        if sum(join.side == "FULL" for join in select.args.get("joins") or []) > 1:
            yield "several full joins in one select"


def without_meaning(tree: exp.Expr) -> Iterator[str]:
    """DuckDB answers these as it happens to find the rows."""
    for node in tree.find_all(exp.GroupConcat, exp.Limit, exp.Mode):
        if isinstance(node, exp.Mode):
            yield "mode(): of several that are as frequent, any"
        elif isinstance(node, exp.GroupConcat) and not node.find(exp.Order):
            yield "string_agg without order by"
        elif isinstance(node, exp.Limit) and not (node.parent and node.parent.args.get("order")):
            yield "limit without order by"
