"""DuckDB's SQL as sqlglot reads it, save for what it would lose on the way."""

from __future__ import annotations

import re

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB


# A list's and a text's length are one node to sqlglot; models say len() of lists and length() of texts. The unit of a
# date_trunc it takes for a word, also where it is computed.
SAID = ((re.compile(r"\blen\("), "array_length("), (re.compile(r"\bdate_trunc\("), "truncated_to("))


class House(DuckDB):
    # sqlglot takes 1 from an index only where it knows at once that it is a whole number; `lists.bracket` always does.
    INDEX_OFFSET = 0


def parsed(sql: str) -> exp.Expr:
    """Raises sqlglot's ParseError."""
    for word, ours in SAID:
        sql = word.sub(ours, sql)
    tree = sqlglot.parse_one(sql, read=House)
    for call in [one for one in tree.find_all(exp.Anonymous) if one.name == "truncated_to"]:
        unit, moment = call.expressions
        known = isinstance(unit, exp.Literal)
        new = exp.TimestampTrunc(this=moment, unit=exp.var(unit.name)) if known else exp.cast(call.copy(), "timestamp")
        if call is tree:
            return new
        call.replace(new)
    return tree
