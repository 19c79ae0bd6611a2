"""The conditions of an indicator counted from a register: a small part of SQL, read by DuckDB's parser, never executed.

What a condition may hold: columns of its register, constants, comparisons, `in`, `between`, `is null`, `and`, `or`,
`not`. It becomes rows of `reference.indicator_conditions`: alternatives of terms that must all hold.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from warehouse.models import syntax_tree


# Of each column: how two of its values are compared.
Columns = Mapping[str, str]
Alternatives = tuple[tuple["Term", ...], ...]
MOST_ALTERNATIVES = 64
NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
COMPARISONS = {
    "COMPARE_EQUAL": "=",
    "COMPARE_NOTEQUAL": "<>",
    "COMPARE_LESSTHAN": "<",
    "COMPARE_LESSTHANOREQUALTO": "<=",
    "COMPARE_GREATERTHAN": ">",
    "COMPARE_GREATERTHANOREQUALTO": ">=",
    "COMPARE_IN": "in",
    "COMPARE_NOT_IN": "not in",
    "OPERATOR_IS_NULL": "is null",
    "OPERATOR_IS_NOT_NULL": "is not null",
}
OPPOSITE = {
    "=": "<>", "<": ">=", "<=": ">", "in": "not in", "is null": "is not null",
    "<>": "=", ">=": "<", ">": "<=", "not in": "in", "is not null": "is null",
}  # fmt: skip
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
REFUSED = {
    "SUBQUERY": "không nhận truy vấn con",
    "FUNCTION": "không nhận hàm hay phép tính",
    "CAST": "không nhận phép đổi kiểu",
    "CASE": "không nhận CASE",
    "WINDOW": "không nhận hàm cửa sổ",
    "LAMBDA": "không nhận hàm",
    "STAR": "không nhận dấu *",
    "PARAMETER": "không nhận tham số",
}


@dataclass(frozen=True)
class Term:
    """One comparison of a column, with constants or with another column; `kind` says how values are compared."""

    column_name: str
    comparison: str
    kind: str
    constants: tuple[str, ...] = ()
    other_column: str | None = None


def alternatives(text: str, columns: Columns) -> Alternatives:
    """The condition as alternatives of terms (disjunctive normal form). Raises ValueError in Vietnamese."""
    found = expanded(expression(text), columns, negated=False)
    if len(found) > MOST_ALTERNATIVES:
        raise ValueError(f"có quá nhiều tổ hợp and/or ({len(found)}, tối đa {MOST_ALTERNATIVES})")
    return found


def expression(text: str) -> dict[str, Any]:
    """The one expression that a text is, as DuckDB's parser sees it."""
    tree = syntax_tree(f"select {text}")
    if tree["error"]:
        raise ValueError("không đọc được biểu thức")
    node = tree["statements"][0]["node"]
    is_alone = (
        len(tree["statements"]) == 1
        and node["type"] == "SELECT_NODE"
        and len(node["select_list"]) == 1
        and node["from_table"]["type"] == "EMPTY"
        and not (node["where_clause"] or node["group_expressions"] or node["having"] or node["qualify"])
        and not (node["modifiers"] or node["sample"] or node["cte_map"]["map"])
    )
    if not is_alone or node["select_list"][0]["alias"]:
        raise ValueError("phải là đúng một biểu thức điều kiện")
    found: dict[str, Any] = node["select_list"][0]
    return found


def expanded(node: dict[str, Any], columns: Columns, negated: bool) -> Alternatives:
    kind, of = node["class"], node["type"]
    if kind == "CONJUNCTION":
        parts = [expanded(child, columns, negated) for child in node["children"]]
        return both(parts) if (of == "CONJUNCTION_AND") != negated else tuple(one for part in parts for one in part)
    if of == "OPERATOR_NOT":
        return expanded(node["children"][0], columns, not negated)
    if of in ("COMPARE_BETWEEN", "COMPARE_NOT_BETWEEN"):
        negated = negated != (of == "COMPARE_NOT_BETWEEN")
        ends = [compared(node["input"], sign, node[end], columns) for sign, end in ((">=", "lower"), ("<=", "upper"))]
        return tuple((opposite(one),) for one in ends) if negated else (tuple(ends),)
    term = single(node, columns)
    return ((opposite(term) if negated else term,),)


def both(parts: list[Alternatives]) -> Alternatives:
    found: Alternatives = ((),)
    for part in parts:
        found = tuple(left + right for left in found for right in part)
        if len(found) > MOST_ALTERNATIVES:
            break
    return found


def opposite(term: Term) -> Term:
    return Term(term.column_name, OPPOSITE[term.comparison], term.kind, term.constants, term.other_column)


def single(node: dict[str, Any], columns: Columns) -> Term:
    comparison = COMPARISONS.get(node["type"])
    if comparison is None:
        raise ValueError(REFUSED.get(node["class"], "chỉ nhận so sánh giữa cột của sổ với hằng số hoặc cột khác"))
    if node["class"] == "COMPARISON":
        return compared(node["left"], comparison, node["right"], columns)
    first, *rest = node["children"]
    column = column_of(first, columns)
    if column is None:
        raise ValueError(f"vế trái của {comparison} phải là một cột của sổ")
    constants = tuple(constant(one, columns[column]) for one in rest)
    return Term(column, comparison, columns[column], constants)


def compared(left: dict[str, Any], comparison: str, right: dict[str, Any], columns: Columns) -> Term:
    column, other = column_of(left, columns), column_of(right, columns)
    if column is None and other is not None:
        return compared(right, TURNED.get(comparison, comparison), left, columns)
    if column is None:
        raise ValueError(REFUSED.get(left["class"], "so sánh phải có ít nhất một cột của sổ"))
    if other is None:
        return Term(column, comparison, columns[column], (constant(right, columns[column]),))
    kinds = {columns[column], columns[other]}
    if len(kinds) > 1 and kinds != {"date", "moment"}:
        raise ValueError(f"hai cột {column} và {other} không cùng loại nên không so sánh được")
    return Term(column, comparison, "date" if len(kinds) > 1 else kinds.pop(), (), other)


def column_of(node: dict[str, Any], columns: Columns) -> str | None:
    if node["class"] != "COLUMN_REF":
        return None
    name = ".".join(node["column_names"]).lower()
    if name not in columns:
        raise ValueError(f"sổ không có cột {name}; các cột: {', '.join(columns)}")
    return name


def constant(node: dict[str, Any], kind: str) -> str:
    """A constant as text of the column's kind; `date '2025-01-31'` and `'2025-01-31'` are one day."""
    if node["class"] == "CAST" and node["cast_type"]["id"] == "DATE" and node["child"]["class"] == "CONSTANT":
        node = node["child"]
    if node["class"] != "CONSTANT" or node["value"]["is_null"]:
        raise ValueError(REFUSED.get(node["class"], "so sánh với NULL phải viết is null hoặc is not null"))
    value, of = node["value"]["value"], node["value"]["type"]
    scale = (of["type_info"] or {}).get("scale", 0) if of["id"] == "DECIMAL" else 0
    text = f"{value / 10**scale:.{scale}f}" if scale else str(value)
    if not IS_OF_KIND[kind](text):
        raise ValueError(f"{text!r} không so sánh được với cột loại {KIND_WORDS[kind]}")
    return text


def is_number(text: str) -> bool:
    return NUMBER.fullmatch(text) is not None


def is_day(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


IS_OF_KIND: dict[str, Callable[[str], bool]] = {
    "text": lambda text: True,
    "number": is_number,
    "date": is_day,
    "moment": is_day,
}
KIND_WORDS = {"text": "chữ", "number": "số", "date": "ngày (viết YYYY-MM-DD)", "moment": "ngày (viết YYYY-MM-DD)"}
