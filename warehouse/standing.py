"""The version that stands, for whoever needs what it holds: as it was published, or what the warehouse knows of it.

Damage goes one way: a published file is rebuilt from the warehouse, never the reverse (design §4.19).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

import duckdb

from warehouse import building
from warehouse.damage import DamagedFile
from warehouse.database import Database
from warehouse.published_folder import attached
from warehouse.reading import POINTER, Published, latest


Tell = Callable[[str], None]

DAMAGED = "Bản công bố {version} bị hỏng hoặc đã bị sửa; bản sau được lập từ kho dữ liệu."
LEFT_OUT = (
    "Số liệu ngày chốt {days} không còn trong kho như đã công bố nên bản sau không có; "
    "tính lại bằng `mtcl run --as-published --closing-date …`."
)
UNREADABLE = "Không đọc được bản kê của bản công bố {version}; bản sau được lập từ kho dữ liệu."

# The closing dates that were published, and whether the warehouse holds them as the run that published them left them.
PUBLISHED_DAYS = """
select publication.closing_date, bool_or(built.run_id is not null) as is_here
from ledger.publications as publication
left join (select distinct closing_date, run_id from marts.indicator_result) as built using (closing_date, run_id)
group by publication.closing_date
order by publication.closing_date
"""


def standing(folder: Path, tell: Tell) -> Published | None:
    """What the pointer names; None, told, where its manifest cannot be read."""
    try:
        return latest(folder)
    except (OSError, ValueError, KeyError, TypeError):
        tell(UNREADABLE.format(version=(folder / POINTER).resolve().stem))
        return None


def is_as_published(database: Database, version: Published, tables: Collection[str]) -> bool:
    """Whether these tables of its file hold what its manifest says; of a manifest that is lost nobody can tell."""
    if not version.manifest["tables"]:
        return False
    try:
        with attached(database, version.path, "asked", "read_only"):
            return all(
                building.table_hash(database, f"asked.{table}") == facts["content_hash"]
                for table, facts in version.manifest["tables"].items()
                if table in tables
            )
    except (DamagedFile, duckdb.Error):
        return False


def published_days(database: Database, tell: Tell) -> list[date]:
    """The closing dates whose partitions stand in the warehouse as they were published; the others are told."""
    days = database.query(PUBLISHED_DAYS)
    lost = [f"{day:%d/%m/%Y}" for day, is_here in days if not is_here]
    if lost:
        tell(LEFT_OUT.format(days=", ".join(lost)))
    return [day for day, is_here in days if is_here]
