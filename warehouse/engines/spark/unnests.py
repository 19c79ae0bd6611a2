"""unnest() as Spark has it: one generator for each select, beside which nothing is computed.

Silent: several unnests of one select run side by side in DuckDB and multiply in Spark.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlglot import exp

from warehouse.engines.spark.rules import Untranslatable, call, text


Generator = exp.Explode | exp.Unnest
ROW = "row__"


def zipped(tree: exp.Expr) -> exp.Expr:
    """Each select with unnests becomes one over a select whose only generator gives them as fields of one row."""
    for select in list(tree.find_all(exp.Select)):
        found = list(generators(select))
        if found and not (len(found) == 1 and stands_alone(found[0])):
            tree = wrapped(tree, select, found)
    return tree


def generators(select: exp.Select) -> Iterator[exp.Expr]:
    for projection in select.expressions:
        for found in projection.find_all(exp.Explode, exp.Unnest):
            if found.find_ancestor(exp.Select) is select:
                yield found


def stands_alone(found: exp.Expr) -> bool:
    return isinstance(found.parent, exp.Select | exp.Alias) and not fields(found)


def argument(found: exp.Expr) -> exp.Expr:
    of: exp.Expr = found.expressions[0] if isinstance(found, exp.Unnest) else found.this
    return of


def fields(found: exp.Expr) -> list[str]:
    """Names of the columns that it gives by itself: of a struct, or of the structs of a list that is `recursive`."""
    of = argument(found)
    if isinstance(of.unnest(), exp.Struct):
        return [pair.this.name for pair in of.unnest().expressions]
    if not is_recursive(found):
        return []
    for literal in of.find_all(exp.Struct):
        return [pair.this.name for pair in literal.expressions]
    raise Untranslatable("unnest(…, recursive := true) of what is not written out")


def is_recursive(found: exp.Expr) -> bool:
    return any("recursive" in one.sql("duckdb").lower() for one in found.expressions)


def wrapped(tree: exp.Expr, select: exp.Select, found: list[exp.Expr]) -> exp.Expr:
    if select.args.get("qualify") or select.args.get("distinct"):
        raise Untranslatable("unnest beside qualify or distinct")
    lists = unique(argument(one) for one in found if not isinstance(argument(one).unnest(), exp.Struct))
    outer: list[exp.Expr] = []
    inner: list[exp.Expr] = []
    later: set[str] = set()
    for place, projection in enumerate(select.expressions):
        mine = [one for one in projection.find_all(exp.Explode, exp.Unnest) if any(one is other for other in found)]
        if mine or any(not column.table and column.name in later for column in projection.find_all(exp.Column)):
            outer += told(projection, mine, lists, inner, place, later)
            later.add(projection.alias_or_name)
        elif projection.is_star:
            inner.append(projection.copy())
            outer.append(exp.Column(this=exp.Star(), table=exp.to_identifier("zipped__")))
        else:
            name = projection.alias_or_name
            inner.append(projection.copy() if name else exp.alias_(projection.copy(), f"c{place}__"))
            outer.append(exp.column(name or f"c{place}__", table="zipped__"))
    below = select.copy()
    below.set("expressions", inner)
    if lists:
        below.append("expressions", exp.alias_(exp.Explode(this=rows(lists)), ROW))
    hidden = [exp.to_identifier(ROW), *(exp.to_identifier(one.alias) for one in inner if "__" in one.alias_or_name)]
    for star in [one.this for one in outer if one.is_star and isinstance(one, exp.Column)]:
        star.set("except_", hidden)
    common, order = below.args.get("with_"), below.args.get("order")
    below.set("with_", None)
    below.set("order", None)
    above = exp.Select(expressions=outer).from_(below.subquery("zipped__"))
    above.set("with_", common)
    above.set("order", order)
    if select is tree:
        return above
    select.replace(above)
    return tree


def unique(lists: Iterator[exp.Expr]) -> list[exp.Expr]:
    return list(dict.fromkeys(lists))


def rows(lists: list[exp.Expr]) -> exp.Expr:
    """A list of structs, as long as the longest; a NULL list counts as empty."""
    if len(lists) == 1:
        return call("transform", lists[0], lambda_of("named_struct('u0', one)"))
    whole = [exp.Coalesce(this=one.copy(), expressions=[call("array")]) for one in lists]
    names = [text(f"u{place}") for place in range(len(lists))]
    packed = call("arrays_zip", *whole)
    pairs = ", ".join(f"'{name.name}', one.`{place}`" for place, name in enumerate(names))
    return call("transform", packed, lambda_of(f"named_struct({pairs})"))


def lambda_of(body: str) -> exp.Expr:
    return exp.Lambda(this=exp.maybe_parse(body, dialect="spark"), expressions=[exp.to_identifier("one")])


def told(
    projection: exp.Expr,
    mine: list[exp.Expr],
    lists: list[exp.Expr],
    inner: list[exp.Expr],
    place: int,
    later: set[str],
) -> list[exp.Expr]:
    """What the outer select says in place of a projection with unnests."""
    if len(mine) == 1 and (names := fields(mine[0])):
        return [exp.alias_(field(mine[0], name, lists, inner, place), name) for name in names]
    alone = projection.copy()
    for one in list(alone.find_all(exp.Explode, exp.Unnest)):
        new = at(argument(one), lists)
        if one is alone:
            return [exp.alias_(new, projection.alias_or_name or f"u{place}__")]
        one.replace(new)
    for column in list(alone.find_all(exp.Column)):
        if column.table != "zipped__" and (column.table or column.name not in later):
            name = f"{column.name}__{place}"
            inner.append(exp.alias_(column.copy(), name))
            column.replace(exp.column(name, table="zipped__"))
    return [alone if isinstance(alone, exp.Alias) else exp.alias_(alone, f"u{place}__")]


def at(of: exp.Expr, lists: list[exp.Expr]) -> exp.Expr:
    return exp.Dot(this=exp.column(ROW, table="zipped__"), expression=exp.to_identifier(f"u{lists.index(of)}"))


def field(one: exp.Expr, name: str, lists: list[exp.Expr], inner: list[exp.Expr], place: int) -> exp.Expr:
    of = argument(one).unnest()
    if not isinstance(of, exp.Struct):
        return exp.Dot(this=at(argument(one), lists), expression=exp.to_identifier(name))
    value = next(pair.expression for pair in of.expressions if pair.this.name == name)
    inner.append(exp.alias_(value.copy(), f"{name}__{place}"))
    return exp.column(f"{name}__{place}", table="zipped__")
