"""Which version of a thing holds on which day: until the next one begins, and the first for all days before it."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any


BEGINNING, END = date(1, 1, 1), date(9999, 12, 31)
DAY = timedelta(days=1)
# What tells two things of a file apart, beside the day from which a version holds; of hours and names there is one.
VERSIONED: dict[str, tuple[str, ...]] = {
    "channels.csv": ("folded_value",),
    "definitions.csv": ("indicator", "definition"),
    "document_exclusions.csv": ("exclusion_code",),
    "dossier_status_aliases.csv": ("folded_name",),
    "forms.csv": ("form",),
    "office.yaml": (),
    "office_hours.csv": (),
    "parameters.yaml": ("code",),
    "publication_exceptions.csv": ("exception_code",),
    "rating_bands.csv": ("staff", "category"),
    "register_indicators.yaml": ("indicator", "definition"),
    "readings.csv": ("indicator", "reading"),
    "title_criteria.csv": ("criterion",),
}
COLUMNS = {"holds_from": date, "holds_to": date}


def spans(rows: list[Any], identity: tuple[str, ...]) -> Iterator[tuple[Any, date, date]]:
    """(row, first day, last day): without gap or overlap for each thing. Rows of one `valid_from` are one version."""
    versions = defaultdict(set)
    for row in rows:
        versions[key_of(row, identity)].add(row.valid_from or BEGINNING)
    for row in rows:
        begins = sorted(versions[key_of(row, identity)])
        place = begins.index(row.valid_from or BEGINNING)
        yield row, begins[place] if place else BEGINNING, begins[place + 1] - DAY if place + 1 < len(begins) else END


def key_of(row: Any, identity: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, column) for column in identity)


def dated(name: str, rows: list[Any]) -> list[dict[str, Any]]:
    """The rows of a versioned file with `holds_from` and `holds_to`."""
    return [
        row.model_dump() | {"holds_from": since, "holds_to": until}
        for row, since, until in spans(rows, VERSIONED[name])
    ]


def overlapping(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> Iterator[tuple[Any, Any, dict[str, date]]]:
    """Every pair that holds on a common day, with the days on which both do."""
    for one in left:
        for other in right:
            since, until = max(one["holds_from"], other["holds_from"]), min(one["holds_to"], other["holds_to"])
            if since <= until:
                yield one, other, {"holds_from": since, "holds_to": until}
