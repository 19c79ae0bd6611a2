"""JSON: what is kept of a document's shape, and paths that name many places."""

from __future__ import annotations

import json

from sqlglot import exp

from warehouse.engines.spark.rules import Rule, Untranslatable, call, is_a, is_list, spark, text


KINDS = {
    "VARCHAR": "string",
    "DATE": "date",
    "INTEGER": "int",
    "BOOLEAN": "boolean",
    "DOUBLE": "double",
    "BIGINT": "bigint",
    "JSON": "string",
    "TIMESTAMP": "timestamp_ntz",
}
WRITTEN = "map('ignoreNullFields', 'false', 'timestampNTZFormat', \"yyyy-MM-dd HH:mm:ss[.SSSSSS]\")"


def shape(wanted: object) -> str:
    """DuckDB's description of a document (`{"a": ["VARCHAR"]}`) as Spark's."""
    if isinstance(wanted, str):
        if wanted.upper() not in KINDS:
            raise Untranslatable(f"from_json of {wanted}")
        return KINDS[wanted.upper()]
    if isinstance(wanted, list):
        return f"array<{shape(wanted[0])}>"
    if not isinstance(wanted, dict):
        raise Untranslatable(f"from_json of {wanted!r}")
    return "struct<" + ",".join(f"`{name}`:{shape(part)}" for name, part in wanted.items()) + ">"


def read(node: exp.Expr) -> exp.Expr:
    shapes = [one for one in node.find_all(exp.Literal) if one.name.lstrip().startswith(("{", "["))]
    if len(shapes) != 1:
        raise Untranslatable("from_json of a shape that is not written out")
    value = node.this if isinstance(node, exp.FromJson) else node.expressions[0]
    return call("from_json", value, text(shape(json.loads(shapes[0].name))))


def steps(path: exp.Expr) -> list[str]:
    """$.a[*].b[0] → ["$.a", "$.b[0]"]: cut after each place that means all of a list."""
    found, current = [], "$"
    parts = path.expressions if isinstance(path, exp.JSONPath) else None
    if parts is None:
        raise Untranslatable("a path into a document that is not written out")
    for part in parts:
        if isinstance(part, exp.JSONPathKey):
            current += f".{part.this}" if str(part.this).isidentifier() else f"['{part.this}']"
        elif isinstance(part, exp.JSONPathSubscript) and isinstance(part.this, exp.JSONPathWildcard):
            found.append(current)
            current = "$"
        elif isinstance(part, exp.JSONPathSubscript):
            current += f"[{part.this}]"
        elif not isinstance(part, exp.JSONPathRoot):
            raise Untranslatable(f"path {path.sql('duckdb')}")
    return [*found, current]


ITEMS = (
    "case when startswith(get_json_object(:value, :path), '[')"
    " then from_json(get_json_object(:value, :path), 'array<string>') else array() end"
)


def extracted(node: exp.Expr) -> exp.Expr:
    """Silent: a path with [*] is a list in DuckDB and one text in Spark."""
    value = node.this
    if not isinstance(node.expression, exp.JSONPath):
        return computed(value, node.expression)
    *lists, last = steps(node.expression)
    if not lists:
        return call("get_json_object", value, text(last))
    items = spark(ITEMS, value=value, path=text(lists[0]))
    for step in lists[1:]:
        inner = spark(ITEMS, value=exp.column("one"), path=text(step))
        items = spark("flatten(transform(:items, one -> :inside))", items=items, inside=inner)
    if last != "$":
        kept = "transform(:items, one -> get_json_object(one, :path))"
        items = spark(kept, items=items, path=text(last))
    return spark("case when :value is not null then :items end", value=value, items=items)


def computed(value: exp.Expr, path: exp.Expr) -> exp.Expr:
    """A key, or a path whose keys are quoted with \": Spark wants them in brackets."""
    return spark(
        "get_json_object(:value, case when startswith(:path, '$')"
        ' then regexp_replace(:path, \'[.]"([^"]*)"\', "[\'$1\']") else concat("$[\'", :path, "\']") end)',
        value=value,
        path=path,
    )


def part(value: exp.Expr) -> exp.Expr:
    """A value as it stands within a document: a document in a document is no text."""
    if is_a(value, "json") or is_list(value) or is_a(value, "struct"):
        return spark("coalesce(:json, 'null')", json=value if is_a(value, "json") else written(value))
    if isinstance(value, exp.Null):
        return text("null")
    if is_a(value, "double", "float", "decimal"):
        return spark("coalesce(double_json(cast(:value as double)), 'null')", value=value)
    if is_a(value, "boolean") or (value.type and value.type.this in exp.DataType.INTEGER_TYPES):
        return spark("coalesce(cast(:value as string), 'null')", value=value)
    if is_a(value, "varchar", "text"):
        return spark("coalesce(json_text(:value), 'null')", value=value)
    return spark("coalesce(json_text(cast(:value as string)), 'null')", value=value)


def made(node: exp.Expr) -> exp.Expr:
    """Silent: Spark writes moments as ISO 8601 and numbers in its own way, so each part is written as DuckDB does."""
    pieces: list[exp.Expr] = []
    for pair in node.expressions:
        lead = "," if pieces else "{"
        pieces += [text(f"{lead}{json.dumps(pair.this.name, ensure_ascii=False)}:"), part(pair.expression)]
    return call("concat", *pieces, text("}"))


def written(value: exp.Expr) -> exp.Expr:
    return spark(f"to_json(:value, {WRITTEN})", value=value)


def to_json(node: exp.Expr) -> exp.Expr:
    value = node.expressions[0] if isinstance(node, exp.Anonymous) else node.this
    if is_list(value) or is_a(value, "struct") or isinstance(value, exp.Array | exp.Struct):
        return written(value)
    return spark("case when :value is not null then :json end", value=value, json=part(value))


def count(node: exp.Expr) -> exp.Expr:
    value, *path = node.expressions
    return call("json_array_length", call("get_json_object", value, *path) if path else value)


def kind(node: exp.Expr) -> exp.Expr:
    """json_type, as far as models ask: a list, an object, or something else."""
    path = node.expression
    whole = spark(
        "get_json_object(:value, :path)", value=node.this, path=text(path.sql("duckdb").strip("'") if path else "$")
    )
    return spark("case left(:whole, 1) when '[' then 'ARRAY' when '{' then 'OBJECT' else 'VARCHAR' end", whole=whole)


RULES: dict[type[exp.Expr], Rule] = {
    exp.FromJson: read,
    exp.JSONExtract: extracted,
    exp.JSONExtractScalar: extracted,
    exp.JSONObject: made,
    exp.JSONType: kind,
    exp.JSONKeys: lambda node: call("json_object_keys", node.this),
}
NAMED: dict[str, Rule] = {"from_json": read, "json_transform": read, "json_array_length": count, "to_json": to_json}
