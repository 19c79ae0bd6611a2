"""What stands around expressions: sources, memberships, types of columns."""

from __future__ import annotations

import json
import re
from collections.abc import Set

from sqlglot import exp
from sqlglot.schema import MappingSchema

from warehouse.engines.spark.rules import Rule, Untranslatable, call, documents, times


KINDS = times.KINDS | {exp.DataType.Type.INT128: "DECIMAL(38, 0)", exp.DataType.Type.UINT128: "DECIMAL(38, 0)"}


def prepared(tree: exp.Expr) -> exp.Expr:
    """What the look-up of columns would stumble over: `x in (select unnest(list))` asks whether a list holds x."""
    tree = windows_in_place(tree)
    for one in list(tree.find_all(exp.In)):
        query = one.args.get("query")
        select = query.this if isinstance(query, exp.Subquery) else None
        if isinstance(select, exp.Select) and not select.args.get("from_") and len(select.expressions) == 1:
            found = select.expressions[0]
            if isinstance(found, exp.Explode | exp.Unnest):
                items = found.this if isinstance(found, exp.Explode) else found.expressions[0]
                one.replace(exp.ArrayContains(this=items, expression=one.this))
    for made in list(tree.find_all(exp.ToMap)):
        # `map {…}[key]`: sqlglot puts the key within the map.
        if isinstance(made.this, exp.Bracket):
            looked = made.this
            made.set("this", looked.this)
            new = exp.Bracket(this=made.copy(), expressions=looked.expressions)
            if made is tree:
                return new
            made.replace(new)
    return tree


def windows_in_place(tree: exp.Expr) -> exp.Expr:
    """Loud: `over (w order by …)` adds to a named window, which Spark forbids; each is written out where it is used."""
    for select in list(tree.find_all(exp.Select)):
        named = {window.name: window for window in select.args.get("windows") or []}
        for used in [one for one in select.find_all(exp.Window) if one.alias in named and one.this is not None]:
            for part in ("partition_by", "order", "spec"):
                if not used.args.get(part) and named[used.alias].args.get(part):
                    had = named[used.alias].args[part]
                    used.set(part, [one.copy() for one in had] if isinstance(had, list) else had.copy())
            used.set("alias", None)
        select.set("windows", None)
    return tree


KEPT = "kept__"


def qualified(tree: exp.Expr) -> exp.Expr:
    """QUALIFY as a column and a WHERE around it; sqlglot loses a column that stands in the condition alone."""
    for select in [one for one in tree.find_all(exp.Select) if one.args.get("qualify")]:
        below = select.copy()
        below.append("expressions", exp.alias_(below.args["qualify"].this, KEPT))
        outer = exp.Select(expressions=[exp.column(name) for name in select.named_selects])
        for part in ("qualify", "distinct", "order", "with_"):
            below.set(part, None)
            if part != "qualify":
                outer.set(part, select.args.get(part))
        above = outer.from_(below.subquery("qualified__")).where(exp.column(KEPT))
        if select is tree:
            return qualified(above)
        select.replace(above)
        return qualified(tree)
    return tree


def rows_written_out(tree: exp.Expr, schema: MappingSchema) -> exp.Expr:
    """Loud: `to_json(t)` of a whole row of t; each column is named here, so that each is written as DuckDB does."""
    for one in [one for one in tree.find_all(exp.Anonymous) if one.name.lower() == "to_json"]:
        (row,) = one.expressions
        select = row.parent_select
        source = select.args.get("from_") if select and isinstance(row, exp.Column) and not row.table else None
        if source and source.this.alias == row.name and isinstance(source.this, exp.Table):
            pairs = [
                exp.JSONKeyValue(this=exp.Literal.string(name), expression=exp.column(name, table=row.name))
                for name in schema.column_names(source.this, dialect="duckdb")
            ]
            one.replace(exp.JSONObject(expressions=pairs))
    return tree


def mapped(node: exp.Expr) -> exp.Expr:
    """Of a struct that is written out, by now in Spark's words."""
    return call("map", *node.this.expressions)


def counting(node: exp.Expr) -> exp.Expr:
    """Silent: `from range(…) as t (c)` loses the name of its column."""
    series = node.this
    if not isinstance(series, exp.GenerateSeries):
        return node
    end = (
        series.args["end"]
        if series.args.get("is_end_exclusive")
        else exp.Add(this=series.args["end"], expression=exp.Literal.number(1))
    )
    return exp.Table(this=call("range", series.args["start"], end), alias=node.args["alias"])


def changed(node: exp.Expr) -> exp.Expr:
    """struct_update: Spark builds the struct anew, of the fields that the model itself reads the document by."""
    owner, *updates = node.expressions
    new = {one.this.name.lower(): one.expression for one in updates}
    for literal in node.root().find_all(exp.Literal):
        if literal.is_string and (names := fields(described(literal.name), new.keys())):
            parts: list[exp.Expr] = []
            for name in names:
                had = exp.Dot(this=owner.copy(), expression=exp.to_identifier(name))
                parts += [exp.Literal.string(name), new.get(name.lower(), had)]
            return call("named_struct", *parts)
    raise Untranslatable("struct_update of what no document's shape describes")


def described(text: str) -> str:
    """A document's shape in Spark's words, whether its rule has been there before or not; of other texts themselves."""
    try:
        return documents.shape(json.loads(text))
    except (ValueError, Untranslatable):
        return text


def fields(text: str, wanted: Set[str]) -> list[str]:
    """Of Spark's `array<struct<…>>` within which all of these are fields of one struct: its fields."""
    for found in re.finditer(r"struct<([^<>]*(?:<[^<>]*(?:<[^<>]*>[^<>]*)*>[^<>]*)*)>", text):
        names = re.findall(r"(?:^|,)`(\w+)`:", re.sub(r"<.*?>+", "", found[1]))
        if wanted <= {name.lower() for name in names}:
            return names
    return []


def pairs_of(node: exp.Expr) -> exp.Expr:
    """Loud: `(a, b) in (select (a, b))` compares a pair with one column."""
    query = node.args.get("query")
    select = query.this if isinstance(query, exp.Subquery) else None
    if isinstance(select, exp.Select) and len(select.expressions) == 1:
        only = select.expressions[0].unalias()
        if isinstance(only, exp.Tuple):
            select.set("expressions", [part.copy() for part in only.expressions])
    return node


def kind(node: exp.Expr) -> exp.Expr:
    assert isinstance(node, exp.DataType)
    return exp.DataType.build(KINDS[node.this], dialect="spark", udt=True) if node.this in KINDS else node


def declared(node: exp.Expr) -> exp.Expr:
    return node.this if node.meta.get("declared") else node


def struct(node: exp.Expr) -> exp.Expr:
    parts: list[exp.Expr] = []
    for place, pair in enumerate(node.expressions):
        if isinstance(pair, exp.PropertyEQ | exp.Alias):
            parts += [
                exp.Literal.string(pair.this.name if isinstance(pair, exp.PropertyEQ) else pair.alias),
                pair.expression if isinstance(pair, exp.PropertyEQ) else pair.this,
            ]
        else:
            parts += [exp.Literal.string(f"f{place}"), pair]
    return call("named_struct", *parts)


def common(node: exp.Expr) -> exp.Expr:
    """Loud: whether a part is kept or computed again is a hint to DuckDB alone."""
    node.set("materialized", None)
    return node


RULES: dict[type[exp.Expr], Rule] = {
    exp.CTE: common,
    exp.In: pairs_of,
    exp.DataType: kind,
    exp.Struct: struct,
    exp.ToMap: mapped,
    exp.Table: counting,
}
NAMED: dict[str, Rule] = {"row": struct, "struct_update": changed}
