"""UNION BY NAME, which Spark has not: every part gives all columns, in one order."""

from __future__ import annotations

from sqlglot import exp

from warehouse.engines.spark.rules import Untranslatable


def by_position(tree: exp.Expr) -> exp.Expr:
    """Of a tree whose stars are written out; what a part has not is NULL."""
    for union in reversed(list(tree.find_all(exp.SetOperation))):
        if union.args.get("by_name"):
            parts = list(leaves(union))
            names = list(dict.fromkeys(name for part in parts for name in part.named_selects))
            if "*" in names:
                raise Untranslatable("union by name of a select whose columns are not known")
            for part in parts:
                reorder(part, names)
            for one in [union, *union.find_all(exp.SetOperation)]:
                one.set("by_name", False)
    return tree


def leaves(node: exp.Expr) -> list[exp.Select]:
    if isinstance(node, exp.SetOperation):
        return leaves(node.this) + leaves(node.expression)
    if isinstance(node, exp.Subquery):
        return leaves(node.this)
    assert isinstance(node, exp.Select)
    return [node]


def reorder(part: exp.Select, names: list[str]) -> None:
    if part.args.get("distinct"):
        raise Untranslatable("union by name of select distinct")
    had = {projection.alias_or_name: projection for projection in part.expressions}
    part.set("expressions", [had.get(name) or exp.alias_(exp.Null(), name) for name in names])
