"""Lists: where they begin, what a NULL in them is, in which order they are collected."""

from __future__ import annotations

from sqlglot import exp

from warehouse.engines.spark.rules import Rule, Untranslatable, call, is_a, is_list, is_number, number, spark, text


def bracket(node: exp.Expr) -> exp.Expr:
    """Silent: Spark counts from 0. Loud: outside the list it stops, where DuckDB's answer is NULL."""
    place = node.expressions[0]
    owner = node.this
    if is_a(owner, "struct") or isinstance(owner, exp.Struct):
        return exp.Dot(this=owner, expression=exp.to_identifier(place.name))
    if is_a(owner, "map"):
        return call("try_element_at", owner, place)
    if place.is_string:
        return exp.Bracket(this=owner, expressions=[place])
    if isinstance(place, exp.Slice):
        return spark("slice(:list, :first, :last - :first + 1)", list=owner, first=place.this, last=place.expression)
    if is_a(owner, "varchar", "text"):
        return call("substring", owner, place, number(1))
    if place.is_int:
        return call("get", owner, number(int(place.name) - 1))
    # Counts from 1 as DuckDB does, and takes a map as well, where the tree does not know which of both it is.
    return call("try_element_at", owner, exp.cast(place, "int") if is_number(place) else place)


def contains(node: exp.Expr) -> exp.Expr:
    """Silent: with a NULL in the list, what is not found is NULL in Spark and false in DuckDB."""
    return spark(
        "case when :list is not null and :one is not null then coalesce(array_contains(:list, :one), false) end",
        list=node.this,
        one=node.expression,
    )


def overlaps(node: exp.Expr) -> exp.Expr:
    """Silent: the same for two lists."""
    return spark(
        "case when :left is not null and :right is not null then coalesce(arrays_overlap(:left, :right), false) end",
        left=node.this,
        right=node.expression,
    )


def distinct(node: exp.Expr) -> exp.Expr:
    """Silent: list_distinct drops NULL, array_distinct keeps it."""
    return spark("array_distinct(array_compact(:list))", list=node.this)


def flat(node: exp.Expr) -> exp.Expr:
    """Silent: a NULL among the lists makes Spark's whole answer NULL."""
    return spark("flatten(array_compact(:list))", list=node.this)


def length(node: exp.Expr) -> exp.Expr:
    """Of a list, not of its text."""
    return call("array_size", node.this) if is_list(node.this) or isinstance(node.this, exp.Array) else node


def position(node: exp.Expr) -> exp.Expr:
    """Silent: what is not found stands at 0 in Spark and nowhere in DuckDB."""
    items = node.this if isinstance(node, exp.ArrayPosition) else node.expressions[0]
    wanted = node.expression if isinstance(node, exp.ArrayPosition) else node.expressions[1]
    return spark("cast(nullif(array_position(:list, :one), 0) as int)", list=items, one=wanted)


def sliced(node: exp.Expr) -> exp.Expr:
    """list_slice names the last place, slice how many."""
    items, first, last = node.expressions
    return spark("slice(:list, :first, :last - :first + 1)", list=items, first=first, last=last)


def comprehension(node: exp.Expr) -> exp.Expr:
    if len(node.expressions) != 1 or not isinstance(node.expressions[0], exp.Comprehension):
        return node
    made = node.expressions[0]
    if made.args.get("condition"):
        raise Untranslatable("list comprehension with a condition")
    variable = made.expression
    name = variable.name
    each = exp.Lambda(this=made.this.copy(), expressions=[exp.to_identifier(name)])
    return call("transform", made.args["iterator"], each)


def averaged(node: exp.Expr) -> exp.Expr:
    (items,) = node.expressions
    return spark(
        "aggregate(array_compact(:list), named_struct('sum', cast(0 as double), 'count', 0),"
        " (had, one) -> named_struct('sum', had.sum + cast(one as double), 'count', had.count + 1),"
        " had -> try_divide(had.sum, had.count))",
        list=items,
    )


def aggregated(node: exp.Expr) -> exp.Expr:
    """list_aggregate(list, 'string_agg' | 'bool_or', …): NULLs are passed over, of nothing it is NULL."""
    items, what, *more = node.expressions
    if what.name == "string_agg":
        joined = "case when array_size(array_compact(:list)) > 0 then array_join(:list, :separator) end"
        return spark(joined, list=items, separator=more[0] if more else text(","))
    if what.name == "bool_or":
        either = "case when array_size(array_compact(:list)) > 0 then exists(array_compact(:list), one -> one) end"
        return spark(either, list=items)
    raise Untranslatable(f"list_aggregate(…, {what.name!r})")


def has_all(node: exp.Expr) -> exp.Expr:
    every, wanted = node.expressions
    return spark("array_size(array_except(:wanted, :every)) = 0", every=every, wanted=wanted)


RULES: dict[type[exp.Expr], Rule] = {
    exp.Bracket: bracket,
    exp.ArrayContains: contains,
    exp.ArrayOverlaps: overlaps,
    exp.ArrayDistinct: distinct,
    exp.Flatten: flat,
    exp.Length: length,
    exp.ArraySize: lambda node: call("array_size", node.this),
    exp.ArrayPosition: position,
    exp.Array: comprehension,
}
NAMED: dict[str, Rule] = {
    "list_position": position,
    "list_slice": sliced,
    "list_avg": averaged,
    "list_aggregate": aggregated,
    "list_has_all": has_all,
}
