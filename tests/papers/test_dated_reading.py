"""Whoever reads a reference table that has versions says for which day: two versions would double its rows unseen."""

import re
from pathlib import Path

import pytest

from warehouse.reference.versions import VERSIONED


PROJECT = Path(__file__).parents[2]
DERIVED = {"applicant_groups", "dossier_status_names", "headline_scope"}
TABLES = "|".join(sorted({name.partition(".")[0] for name in VERSIONED} | DERIVED))
READS = re.compile(rf"\b(?:from|join)\s+reference\.(?:{TABLES})\b")
# Whatever the version: the codes of groups and definitions, the days on which versions change, and what is no rate.
TIMELESS = {
    "dossier_measures.sql",
    "dossier_populations.sql",
    "failing_record.py",
    "measures.sql",
    "quality.sql",
    "targets.sql",
}
FILES = [
    path
    for folder, ending in (("warehouse/models", "sql"), ("warehouse/expectations", "py"), ("assets", "sql"))
    for path in sorted((PROJECT / folder).rglob(f"*.{ending}"))
    if READS.search(path.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_dated_table_is_read_for_a_day(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.name in TIMELESS or text.count("holds_to") >= len(READS.findall(text))


def test_there_are_such_readers() -> None:
    assert len(FILES) > 30
