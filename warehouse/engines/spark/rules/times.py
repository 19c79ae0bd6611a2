"""Days, moments, hours of the day: their types, and what their difference is."""

from __future__ import annotations

from sqlglot import exp

from warehouse.engines.spark.rules import Rule, Untranslatable, call, is_a, is_whole, number, spark, text


MOMENTS = ("timestamp", "timestampntz", "datetime")
NEVER = {"infinity": "9999-12-31 23:59:59", "-infinity": "0001-01-01 00:00:00"}
# sqlglot writes both of DuckDB's timestamps as Spark's TIMESTAMP.
KINDS = {exp.DataType.Type.TIMESTAMP: "TIMESTAMP_NTZ", exp.DataType.Type.TIMESTAMPTZ: "TIMESTAMP_LTZ"}


def difference(node: exp.Expr) -> exp.Expr:
    """Loud: of two days DuckDB gives a number, Spark an interval."""
    left, right = node.this, node.expression
    if is_a(left, "date") and is_a(right, "date"):
        return whole(call("datediff", left, right))
    return moved(node)


def whole(value: exp.Expr) -> exp.Expr:
    counted = exp.cast(value, "bigint")
    counted.type = exp.DataType.build("bigint")
    return counted


def moved(node: exp.Expr) -> exp.Expr:
    """Silent: a day and an interval are a moment in DuckDB and a day in Spark; a day and an hour of the day, too."""
    left, right = node.this, node.expression
    if is_a(left, "date") and is_whole(right):
        return call("date_add" if isinstance(node, exp.Add) else "date_sub", left, exp.cast(right, "int"))
    if is_a(left, "date") and is_a(right, "time"):
        return call("make_timestamp_ntz", left, right)
    if is_a(left, "date") and (isinstance(right, exp.Interval) or is_a(right, "interval")):
        node.set("this", moment(left))
    return node


def moment(value: exp.Expr) -> exp.Expr:
    return exp.cast(value, "timestamp_ntz", dialect="spark")


def spanned(node: exp.Expr) -> exp.Expr:
    """Silent: date_diff counts the boundaries between two moments, Spark the whole units."""
    unit = node.args["unit"].name.lower() if node.args.get("unit") else "day"
    end, start = node.this, node.expression
    if unit == "day":
        return exp.cast(call("datediff", exp.cast(end, "date"), exp.cast(start, "date")), "bigint")
    if unit in ("minute", "hour", "second") and is_a(end, "time"):
        return spark(f"cast(time_diff('{unit}', :start, :end) as bigint)", start=start, end=end)
    if unit in ("minute", "hour", "second"):
        whole = f"cast(timestampdiff({unit}, cast(date_trunc('{unit}', :start) as timestamp_ntz),"
        return spark(f"{whole} cast(date_trunc('{unit}', :end) as timestamp_ntz)) as bigint)", start=start, end=end)
    if unit == "month":
        return spark(
            "cast((year(:end) - year(:start)) * 12 + month(:end) - month(:start) as bigint)", start=start, end=end
        )
    raise Untranslatable(f"date_diff('{unit}')")


def truncated(node: exp.Expr) -> exp.Expr:
    """Loud: Spark's date_trunc gives an instant; local moments have none."""
    if isinstance(node, exp.Anonymous):
        unit, value = node.expressions
    else:
        unit, value = text(node.args["unit"].name.lower()), node.this
    return moment(call("date_trunc", unit, moment(value)))


def cast(node: exp.Expr) -> exp.Expr:
    """Loud: Spark has no infinity. Silent: `::time` becomes a TIMESTAMP by sqlglot."""
    if isinstance(node.this, exp.Literal) and node.this.name in NEVER:
        return moment(text(NEVER[node.this.name]))
    assert isinstance(node, exp.Cast)
    if node.to.is_type("time"):
        kind = "try_cast" if isinstance(node, exp.TryCast) else "cast"
        return exp.Var(this=f"{kind}({node.this.sql(dialect='spark', identify=True)} AS TIME)")
    return node


def in_utc(node: exp.Expr) -> exp.Expr:
    """timezone('UTC', instant): sessions of both engines stand in UTC."""
    zone, instant = node.expressions
    if zone.name != "UTC":
        raise Untranslatable(f"timezone({zone.name})")
    return moment(instant)


def of_parts(node: exp.Expr) -> exp.Expr:
    """Loud: Spark takes no long for a part of a day."""
    parts = [node.args[name] for name in ("year", "month", "day")]
    return call("make_date", *[exp.cast(part, "int") for part in parts])


def minutes(node: exp.Expr) -> exp.Expr:
    return call("make_dt_interval", number(0), number(0), exp.cast(node.expressions[0], "int"))


def months(node: exp.Expr) -> exp.Expr:
    return call("make_ym_interval", number(0), exp.cast(node.expressions[0], "int"))


RULES: dict[type[exp.Expr], Rule] = {
    exp.Sub: difference,
    exp.Add: moved,
    exp.DateDiff: spanned,
    exp.TimestampTrunc: truncated,
    exp.DateTrunc: truncated,
    exp.DateFromParts: of_parts,
}
NAMED: dict[str, Rule] = {"timezone": in_utc, "truncated_to": truncated, "to_minutes": minutes, "to_months": months}
