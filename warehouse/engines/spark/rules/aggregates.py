"""Aggregates: what they do with NULL, in which order they collect, and what an empty group gives."""

from __future__ import annotations

from sqlglot import exp

from warehouse.engines.spark.rules import Rule, Untranslatable, call, is_a, is_number, spark, text


def condition_of(node: exp.Expr) -> exp.Expr | None:
    filtered = node.parent
    return filtered.expression.this if isinstance(filtered, exp.Filter) and filtered.this is node else None


def only(aggregate: exp.Expr, *conditions: exp.Expr | None) -> exp.Expr:
    """The aggregate over the rows that meet all conditions."""
    wanted = [condition.copy() for condition in conditions if condition is not None]
    if not wanted:
        return aggregate
    return exp.Filter(this=aggregate, expression=exp.Where(this=exp.and_(*wanted)))


def known(value: exp.Expr) -> exp.Expr:
    return exp.Not(this=exp.Is(this=value.copy(), expression=exp.Null()))


def nulls_last(parts: list[exp.Expr]) -> exp.Expr:
    """Silent: within a struct NULL is the largest value in DuckDB and the smallest in Spark; false is before true."""
    fields: list[exp.Expr] = []
    for place, part in enumerate(parts):
        fields += [text(f"n{place}"), exp.Is(this=part.copy(), expression=exp.Null()), text(f"k{place}"), part]
    return call("named_struct", *fields)


def extreme(node: exp.Expr) -> exp.Expr:
    """Silent: arg_max and arg_min pass over rows whose value or key is NULL, max_by and min_by take them."""
    value, key = node.this, node.expression
    keys = key.expressions if isinstance(key, exp.Tuple) else [key]
    ordered = nulls_last(keys) if isinstance(key, exp.Tuple) else key
    name = "max_by" if isinstance(node, exp.ArgMax) else "min_by"
    if node.args.get("count"):
        raise Untranslatable("arg_max(value, key, n)")
    conditions = [condition_of(node), known(value), *([] if isinstance(key, exp.Tuple) else [known(key)])]
    return only(call(name, value, ordered), *conditions)


def taken_apart(node: exp.Expr) -> tuple[exp.Expr, list[exp.Expr], bool]:
    """Value, keys of the order, whether distinct: `distinct` and `order by` stand in either order."""
    value, keys, is_distinct = node.this, [], False
    while isinstance(value, exp.Order | exp.Distinct):
        if isinstance(value, exp.Order):
            keys += [ordered(one) for one in value.expressions]
            value = value.this
        else:
            is_distinct, value = True, value.expressions[0]
    return value, keys, is_distinct


def ordered(key: exp.Expr) -> exp.Expr:
    value: exp.Expr = key.this
    if not key.args.get("desc"):
        return value
    if is_number(key.this):
        return exp.Neg(this=exp.Paren(this=key.this))
    if is_a(key.this, "boolean"):
        return exp.Not(this=exp.Paren(this=key.this))
    raise Untranslatable("order by … desc of a text within an aggregate")


def collected(value: exp.Expr, keys: list[exp.Expr], *conditions: exp.Expr | None) -> exp.Expr:
    """Silent: collect_list drops NULL and keeps no order; a struct around each value keeps both."""
    fields = [text("key"), nulls_last(keys)] if keys else []
    items = only(call("collect_list", call("named_struct", *fields, text("value"), value)), *conditions)
    return spark(
        "transform(array_sort(:items), one -> one.value)" if keys else "transform(:items, one -> one.value)",
        items=items,
    )


def listed(node: exp.Expr) -> exp.Expr:
    """Silent: of no rows DuckDB's list is NULL, Spark's is empty."""
    value, keys, is_distinct = taken_apart(node)
    items = collected(value, keys, condition_of(node))
    if is_distinct:
        items = call("array_distinct", items)
    rows = only(exp.Count(this=exp.Star()), condition_of(node))
    return spark("case when :rows > 0 then :items end", rows=rows, items=items)


def joined(node: exp.Expr) -> exp.Expr:
    """string_agg in its order; without one, in that of the values: DuckDB gives none, so no model may stand on it."""
    value, keys, is_distinct = taken_apart(node)
    separator = node.args.get("separator") or text(",")
    if is_distinct:
        kept = only(call("collect_set", value), condition_of(node), known(value))
        items: exp.Expr = call("sort_array", kept)
    else:
        items = collected(value, keys or [value], condition_of(node), known(value))
    return spark(
        "case when array_size(:items) > 0 then array_join(:items, :separator) end", items=items, separator=separator
    )


def filtered(node: exp.Expr) -> exp.Expr:
    """Some take their condition in; over a window, and behind IGNORE NULLS, Spark takes no FILTER at all."""
    if type(node.this) in TAKES_CONDITION:
        return RULES[type(node.this)](node.this)
    if isinstance(node.parent, exp.Window) or isinstance(node.this, exp.IgnoreNulls):
        return within(node.this, node.expression.this)
    return node


def within(aggregate: exp.Expr, condition: exp.Expr) -> exp.Expr:
    inner = aggregate.this if isinstance(aggregate, exp.IgnoreNulls) else aggregate
    value = exp.Literal.number(1) if isinstance(inner.this, exp.Star) else inner.this
    inner.set("this", exp.If(this=condition.copy(), true=value.copy(), false=exp.Null()))
    return aggregate


def averaged(node: exp.Expr) -> exp.Expr:
    """Silent: the average of decimals has four more places in Spark, in DuckDB it is a floating number."""
    return exp.Avg(this=exp.cast(node.this, "double")) if is_a(node.this, "decimal") else node


def counted(node: exp.Expr) -> exp.Expr:
    """Silent: of several values Spark counts only rows where none is NULL; a struct is never NULL."""
    inner = node.this
    if isinstance(inner, exp.Distinct) and (len(inner.expressions) > 1 or isinstance(inner.expressions[0], exp.Tuple)):
        first = inner.expressions[0]
        parts = first.expressions if isinstance(first, exp.Tuple) else inner.expressions
        return exp.Count(this=exp.Distinct(expressions=[nulls_last(list(parts))]))
    return node


def quantile(node: exp.Expr) -> exp.Expr:
    """quantile_disc(value, share) is percentile_disc(share) within group (order by value)."""
    order = exp.Order(expressions=[exp.Ordered(this=node.this.copy())])
    return exp.WithinGroup(this=call("percentile_disc", node.expression), expression=order)


TAKES_CONDITION = (exp.ArgMax, exp.ArgMin, exp.ArrayAgg, exp.GroupConcat)
RULES: dict[type[exp.Expr], Rule] = {
    exp.ArgMax: extreme,
    exp.ArgMin: extreme,
    exp.ArrayAgg: listed,
    exp.GroupConcat: joined,
    exp.Filter: filtered,
    exp.Avg: averaged,
    exp.Count: counted,
    exp.PercentileDisc: quantile,
}
NAMED: dict[str, Rule] = {}
