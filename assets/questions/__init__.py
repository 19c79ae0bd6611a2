"""What a run asks the warehouse that it is writing: the SQL files beside this one, by their names."""

from pathlib import Path
from typing import Any

from warehouse.database import Database


FOLDER = Path(__file__).parent


def ask(database: Database, name: str, **values: object) -> list[Any]:
    """The rows of `<name>.sql`, given its `$name` parameters."""
    return database.query(text_of(name), values)


def ask_named(database: Database, name: str, **values: object) -> list[dict[str, Any]]:
    """The same rows by the names of their columns; nothing here is long enough to need a frame."""
    columns = [column for column, *_ in database.query(f"describe {text_of(name)}", values)]
    return [dict(zip(columns, row, strict=True)) for row in ask(database, name, **values)]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
