"""What a person sees of a table that has been built: its first rows, the scoreboard, and each objective's own figures.

The figures of an objective are known when the scoreboard is. They are then observed on the asset that counts it, whose
page shows them as its newest event and draws them over the closing dates.
"""

from collections.abc import Collection, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import dagster as dg

from assets.questions import ask_named
from assets.reports.formats import day, goal, measured
from assets.tables import markdown, reasons, year
from warehouse.database import Database
from warehouse.models import Model


SCOREBOARD = "marts.scoreboard"
SAMPLE_ROWS = 10
Facts = dict[str, dg.MetadataValue]


def sample(database: Database, model: Model) -> Facts:
    """The first rows of what is published as a figure; other layers show their counts only."""
    if model.schema != "marts":
        return {}
    if model.table == SCOREBOARD:
        found = ask_named(database, "scoreboard_shown")
        return {
            "Bảng điểm": dg.MetadataValue.md(markdown(model.table, found)),
            "Vì sao kết luận như vậy": dg.MetadataValue.md(reasons(found)),
            "Diễn biến năm": dg.MetadataValue.md(year(ask_named(database, "course_of_year"))),
            "Ngày chốt": dg.MetadataValue.text(day(found[0]["as_of"] if found else None)),
            # Numbers of their own, since Dagster draws them over the days.
            **drawn(found),
        }
    found = ask_named(database, "first_rows", table=model.table, most=SAMPLE_ROWS)
    return {f"{SAMPLE_ROWS} dòng đầu": dg.MetadataValue.md(markdown(model.table, found))}


def observed(database: Database, tables: Collection[str]) -> Iterator[dg.AssetObservation]:
    """One for each of the tables that counts an objective of the scoreboard, or two of them."""
    found: dict[tuple[str, date], Facts] = {}
    for row in ask_named(database, "scoreboard_shown"):
        if table := counting(row["indicator"], tables):
            found.setdefault((table, row["as_of"]), {}).update(figures(row))
    for (table, day_closed), facts in found.items():
        yield dg.AssetObservation(asset_key=table.split("."), metadata=facts, partition=day_closed.isoformat())


def counting(indicator: str, tables: Collection[str]) -> str | None:
    """MT3.1 is counted by indicators.mt3_1, MT3.5a and MT3.5b by indicators.mt3_5; what is data alone by none."""
    own = f"indicators.{indicator.lower().replace('.', '_')}"
    return next((table for table in (own, own[:-1]) if table in tables), None)


def figures(row: dict[str, Any]) -> Facts:
    told = SimpleNamespace(**row)
    return {
        f"{row['indicator']}: kết luận": dg.MetadataValue.text(row["verdict"]),
        f"{row['indicator']}: kết quả": dg.MetadataValue.text(measured(row["actual"], told)),
        f"{row['indicator']}: mức giao": dg.MetadataValue.text(goal(told)),
        f"{row['indicator']}: tử số": dg.MetadataValue.int(row["numerator"]),
        f"{row['indicator']}: mẫu số": dg.MetadataValue.int(row["denominator"]),
        f"{row['indicator']}: ngày chốt": dg.MetadataValue.text(day(row["as_of"])),
        **drawn([row]),
    }


def drawn(found: list[dict[str, Any]]) -> Facts:
    return {
        f"{row['indicator']} (%)": dg.MetadataValue.float(round(100 * row["actual"], 2))
        for row in found
        if row["actual"] is not None
    }
