"""Texts: spaces, letters, patterns, and how a number is written."""

from __future__ import annotations

import re

from sqlglot import exp

from warehouse.engines.spark.rules import Rule, Untranslatable, call, is_a, is_number, is_whole, number, spark, text


# What DuckDB's trim takes away: the separators of Unicode, neither tabs nor line ends.
SPACES = r"[ \x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]+"
PLACE = re.compile(r"\{(?P<form>[^{}]*)\}")


def trimmed(node: exp.Expr) -> exp.Expr:
    """Silent: Spark's trim knows only the space itself, DuckDB's also the non-breaking one."""
    side = (node.args.get("position") or "").upper()
    start, end = rf"^{SPACES}", rf"{SPACES}\z"
    if node.expression is not None:
        return node
    pattern = {"LEADING": start, "TRAILING": end}.get(side, f"{start}|{end}")
    return call("regexp_replace", node.this, text(pattern), text(""))


def lowered(node: exp.Expr) -> exp.Expr:
    """Silent: Spark lowers İ to two letters, DuckDB each letter to one."""
    return call("lower_letters", node.this)


def raised(node: exp.Expr) -> exp.Expr:
    """Silent: Spark raises ß to SS and ﬁ to FI, DuckDB each letter to one."""
    return call("upper_letters", node.this)


def pattern_of(node: exp.Expr | None) -> exp.Expr:
    """Silent: `$` is the end of the text in RE2, in Java also before a last line end; \\s is one space more there."""
    if not isinstance(node, exp.Literal):
        raise Untranslatable("a pattern that is not written out")
    return text(
        re.sub(r"(?<!\\)\$", r"\\z", node.name).replace(r"\s", r"\t\n\f\r ")
        if in_class(node.name)
        else re.sub(r"(?<!\\)\$", r"\\z", node.name).replace(r"\s", r"[\t\n\f\r ]")
    )


def in_class(pattern: str) -> bool:
    return bool(re.search(r"\[[^\]]*\\s", pattern))


def matches(node: exp.Expr) -> exp.Expr:
    return call("rlike", node.this, pattern_of(node.expression))


def matches_whole(node: exp.Expr) -> exp.Expr:
    whole = pattern_of(node.expression)
    return call("rlike", node.this, text(rf"^(?:{whole.name})\z"))


def replaced(node: exp.Expr) -> exp.Expr:
    """Silent: without 'g' DuckDB replaces the first find, Spark all; the same where a pattern is tied to an end."""
    flags = node.args["modifiers"].name if node.args.get("modifiers") else ""
    pattern = pattern_of(node.expression).name
    if "g" not in flags and not (pattern.startswith("^") or pattern.endswith(r"\z")):
        raise Untranslatable("regexp_replace without 'g' and not tied to an end")
    new = node.args.get("replacement") or text("")
    return call("regexp_replace", node.this, text(("(?i)" if "i" in flags else "") + pattern), new)


def extracted(node: exp.Expr) -> exp.Expr:
    """Silent: the group that nobody names is 0 in DuckDB and 1 in Spark."""
    return call("regexp_extract", node.this, pattern_of(node.expression), node.args.get("group") or number(0))


def formatted(node: exp.Expr) -> exp.Expr:
    """Silent: Spark prints `{}` as it stands; and of a NULL "null", where DuckDB's whole text is NULL."""
    pieces: list[exp.Expr] = []
    values, end = iter(node.expressions), 0
    for place in PLACE.finditer(node.this.name):
        pieces += [text(node.this.name[end : place.start()]), written(next(values), place["form"])]
        end = place.end()
    pieces.append(text(node.this.name[end:]))
    return call("concat", *[piece for piece in pieces if piece.name or not isinstance(piece, exp.Literal)])


def written(value: exp.Expr, form: str) -> exp.Expr:
    if form == "":
        return as_text(value)
    if form == ":,":
        return spark("case when :value is not null then format_string('%,d', :value) end", value=value)
    if found := re.fullmatch(r":0(\d+)d", form):
        return spark(f"case when :value is not null then format_string('%0{found[1]}d', :value) end", value=value)
    if found := re.fullmatch(r":(?:\.(\d+))?g", form):
        return call("general_text", exp.cast(value, "double"), number(int(found[1] or 6)))
    raise Untranslatable(f"format '{{{form}}}'")


def printed(node: exp.Expr) -> exp.Expr:
    """Silent: Java rounds a half of the shortest decimal up, C the binary number itself to even."""
    form, value = node.expressions
    if found := re.fullmatch(r"%\.(\d+)f", form.name):
        return call("fixed_text", exp.cast(value, "double"), number(int(found[1])))
    raise Untranslatable(f"printf {form.name!r}")


def as_text(value: exp.Expr) -> exp.Expr:
    """Silent: 1e-05 is 1.0E-5 in Spark."""
    if is_a(value, "double", "float"):
        return call("double_text", value)
    return value if is_a(value, "varchar", "text") else exp.cast(value, "string")


def joined(node: exp.Expr) -> exp.Expr:
    """Of `a || b`: numbers are written as DuckDB writes them."""
    for side in ("this", "expression"):
        value = node.args[side]
        if is_number(value) and not is_whole(value):
            node.set(side, as_text(value))
    return node


def length_of_prefix(node: exp.Expr) -> exp.Expr:
    return call("left", node.this, node.expression)


NAMED: dict[str, Rule] = {
    "printf": printed,
    "jaro_winkler_similarity": lambda node: call("jaro_winkler", *node.expressions),
    "lgamma": lambda node: call("log_gamma", exp.cast(node.expressions[0], "double")),
}
RULES: dict[type[exp.Expr], Rule] = {
    exp.Trim: trimmed,
    exp.Lower: lowered,
    exp.Upper: raised,
    exp.RegexpLike: matches,
    exp.RegexpFullMatch: matches_whole,
    exp.RegexpReplace: replaced,
    exp.RegexpExtract: extracted,
    exp.Format: formatted,
    exp.DPipe: joined,
    exp.JarowinklerSimilarity: lambda node: call("jaro_winkler", node.this, node.expression),
}
