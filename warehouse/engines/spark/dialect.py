"""DuckDB's SQL as sqlglot reads it, save for what it would lose on the way."""

from __future__ import annotations

import re

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB


LEN = re.compile(r"\blen\(")


class House(DuckDB):
    # sqlglot takes 1 from an index only where it knows at once that it is a whole number; `lists.bracket` always does.
    INDEX_OFFSET = 0


def parsed(sql: str) -> exp.Expr:
    """Raises sqlglot's ParseError."""
    # A list's and a text's length are one node to sqlglot; models say len() of lists and length() of texts.
    return sqlglot.parse_one(LEN.sub("array_length(", sql), read=House)
