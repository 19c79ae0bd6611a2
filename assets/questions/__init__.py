"""What a run asks the warehouse that it is writing: the SQL files beside this one, by their names."""

from pathlib import Path
from typing import Any

from warehouse.database import Database


FOLDER = Path(__file__).parent


def ask(database: Database, name: str, **values: object) -> list[Any]:
    """The rows of `<name>.sql`, given its `$name` parameters."""
    return database.query((FOLDER / f"{name}.sql").read_text(encoding="utf-8"), values)
