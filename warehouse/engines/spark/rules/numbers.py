"""Numbers: how a fraction becomes whole, and what a text must look like to be one."""

from __future__ import annotations

from sqlglot import exp

from warehouse.engines.spark.rules import Rule, call, is_a, is_whole, spark, text, times


WHOLE = ("int", "bigint", "smallint", "tinyint", "int128", "ubigint", "uint")
TEXT = ("varchar", "text")


def cast(node: exp.Expr) -> exp.Expr:
    """Silent: DuckDB rounds to a whole number (a half of a double to the even one), Spark cuts."""
    assert isinstance(node, exp.Cast)
    value, kind = node.this, node.to
    if kind.is_type(*WHOLE) and is_a(value, "double", "float"):
        node.set("this", call("rint", value))
    elif kind.is_type(*WHOLE) and is_a(value, "decimal"):
        node.set("this", call("round", value))
    elif kind.is_type(*WHOLE) and is_a(value, *TEXT):
        # Silent: DuckDB reads 1e3 and 2.5 as whole numbers.
        return (
            spark("try_cast(round(try_cast(:value as decimal(38, 9))) as bigint)", value=value)
            if isinstance(node, exp.TryCast) and kind.is_type("bigint")
            else whole(node)
        )
    elif kind.is_type("date") and is_a(value, *TEXT) and isinstance(node, exp.TryCast):
        # Silent: Spark reads 2025 and 2025-01 as their first day.
        return spark(f"case when rlike(:value, {DAY}) then try_cast(:value as date) end", value=value)
    elif kind.is_type(*TEXT) and is_a(value, "double", "float"):
        return call("double_text", value)
    return times.cast(node)


DAY = text(r"^\s*\d{4}[-/]\d{1,2}[-/]\d{1,2}").sql("spark")


def whole(node: exp.Expr) -> exp.Expr:
    if not isinstance(node, exp.TryCast):
        return node
    return spark("try_cast(round(try_cast(:value as decimal(38, 9))) as int)", value=node.this)


def divided(node: exp.Expr) -> exp.Expr:
    """Silent: decimals are divided as decimals in Spark, with few places; DuckDB's `/` is that of floating numbers."""
    for side in ("this", "expression"):
        value = node.args[side]
        if not is_whole(value):
            node.set(side, exp.cast(value.copy(), "double"))
    return exp.Div(this=node.this, expression=node.expression, typed=False, safe=False)


def rounded(node: exp.Expr) -> exp.Expr:
    """Silent: Spark rounds the shortest decimal of a double, DuckDB the double times ten to the places."""
    if not is_a(node.this, "double", "float"):
        return node
    return call("round_double", node.this, node.args.get("decimals") or exp.Literal.number(0))


RULES: dict[type[exp.Expr], Rule] = {
    exp.Cast: cast,
    exp.TryCast: cast,
    exp.Div: divided,
    exp.Round: rounded,
}
NAMED: dict[str, Rule] = {"hash": lambda node: call("xxhash64", *node.expressions)}
