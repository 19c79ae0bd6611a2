"""Files that papers name are there: in links, and in code marks where they begin with one of our folders.

DECISIONS.md may name what has gone since: its entries are never edited.
"""

import re
from pathlib import Path

import pytest


PROJECT = Path(__file__).parents[2]
PAPERS = [
    "DEVELOPERS.md",
    "GLOSSARY.md",
    "README.md",
    "README.vi.md",
    "deploy/README.md",
    *(f"docs/{f.name}" for f in PROJECT.glob("docs/*.md")),
]
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
NAMED = re.compile(r"`((?:assets|connectors|deploy|pipelines|tests|warehouse)/[\w./-]*)`")


def missing(text: str, folder: Path) -> list[str]:
    """Links count from the paper's own folder, names in code marks from the project's."""
    links = [link for link in LINK.findall(text) if not (folder / link).exists()]
    return links + [name for name in NAMED.findall(text) if not (PROJECT / name).exists()]


@pytest.mark.parametrize("paper", PAPERS)
def test_what_a_paper_names_is_there(paper: str) -> None:
    file = PROJECT / paper
    assert missing(file.read_text(encoding="utf-8"), file.parent) == []


def test_a_file_that_is_not_there_is_found() -> None:
    text = (
        "[law](domain.md) [none](gone.md) `warehouse/database.py` `warehouse/gone.py` `warehouse/models/<schema>/x.sql`"
    )
    assert missing(text, PROJECT / "docs") == ["gone.md", "warehouse/gone.py"]
