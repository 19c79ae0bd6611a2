"""What may be counted by data: the staged registers, and the dossiers; each column with how its values are compared."""

from functools import cache
from pathlib import Path
from typing import Any

from warehouse.models import COUNTABLE, syntax_tree


# Of the record itself, not of what it says.
UNSAID = ("record_key", "content_hash", "first_seen_at")
KINDS = {"local_date": "date", "local_timestamp": "moment"}
CASTS = {"DATE": "date", "TIMESTAMP": "moment", "INTEGER": "number", "BIGINT": "number", "DECIMAL": "number"}
MODELS = Path(__file__).parents[1] / "models"


@cache
def columns_of(register: str) -> dict[str, str] | None:
    """Column → text, number, date or moment, as its model makes them; None where there is no such register."""
    path = next(iter(MODELS.glob(f"*/**/{COUNTABLE.get(register, f'registers__{register}')}.sql")), None)
    if path is None or register in ("files", "rejections"):
        return None
    chosen = syntax_tree(path.read_text(encoding="utf-8"))["statements"][0]["node"]["select_list"]
    named = {one["alias"] or one.get("column_names", [""])[-1]: kind_of(one) for one in chosen}
    return {name: kind for name, kind in named.items() if name and name not in UNSAID}


def kind_of(node: dict[str, Any]) -> str:
    if node["class"] == "CAST":
        return CASTS.get(node["cast_type"]["id"], "text")
    return KINDS.get(node.get("function_name", ""), "text")
