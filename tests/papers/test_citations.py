"""Every citation of a paper is answered: the section that code, data or a document names is a heading of that paper."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest


PROJECT = Path(__file__).parents[2]
PAPERS = {name: PROJECT / "docs" / f"{name}.md" for name in ("contract", "design", "domain", "protocols")}
ROOMS = ("assets", "connectors", "docs", "pipelines", "tests", "warehouse")
WRITTEN = {".csv", ".md", ".py", ".sql", ".yaml"}

SECTION = r"(?:§ ?\d+(?:\.\d+)*|\b[A-E]\.\d+(?:\.\d+)*)"
# "domain §4, §6 and §9.2", "protocols A.1–A.4", "docs/domain.md §8.2", "[domain](domain.md) §3.2", "(A.4.8)".
CITATION = re.compile(
    rf"(?:\b({'|'.join(PAPERS)})(?:\.md\)?)?,? \(?)?({SECTION}(?:(?:, | and |–){SECTION})*)", re.IGNORECASE
)
CONTINUED = re.compile(r"\n[ \t]*(?:#|--)?[ \t]*")
HEADING = re.compile(r"^#+ (\d+(?:\.\d+)*|[A-E](?:\.\d+)*)\.? ", re.MULTILINE)


def citations(text: str, own: str = "") -> Iterator[tuple[str, str]]:
    """(paper, section). Without a paper's name a section is the `own` paper's; elsewhere letters are the protocols'."""
    for cited in CITATION.finditer(CONTINUED.sub(" ", text)):
        for section in re.findall(SECTION, cited[2]):
            paper = cited[1] or own or ("" if section.startswith("§") else "protocols")
            yield paper.lower(), section.lstrip("§ ")


def unanswered(text: str, headings: Mapping[str, set[str]], own: str = "") -> list[str]:
    """What the text cites and no heading answers, as "paper section"; a section of no paper has "?" for its paper."""
    return [
        f"{paper or '?'} {section}"
        for paper, section in citations(text, own)
        if section not in headings.get(paper, set())
    ]


def sources() -> list[Path]:
    """What people write here: not this file, whose citations are invented."""
    files = [*PROJECT.glob("*.md"), *(file for room in ROOMS for file in (PROJECT / room).rglob("*"))]
    return [file for file in files if file.suffix in WRITTEN and file != Path(__file__)]


HEADINGS = {name: set(HEADING.findall(file.read_text(encoding="utf-8"))) for name, file in PAPERS.items()}


def test_every_cited_section_is_a_heading() -> None:
    cited, wrong = 0, {}
    for file in sources():
        text, own = file.read_text(encoding="utf-8"), file.stem if file in PAPERS.values() else ""
        cited += sum(1 for _ in citations(text, own))
        if lost := unanswered(text, HEADINGS, own):
            wrong[str(file.relative_to(PROJECT))] = lost
    assert wrong == {}
    assert cited > 100, "the citations of this repository are no longer recognised"


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_numbers_two_sections_alike(name: str) -> None:
    numbers = HEADING.findall(PAPERS[name].read_text(encoding="utf-8"))
    assert sorted(numbers) == sorted(set(numbers))


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("# Only while in time (domain §2.8).", []),
        ("# Only while in time (domain §2.9).", ["domain 2.9"]),
        ("# Domain §2.8: so it is", []),
        ("# domain §2.8, §3.9 and §4.7", ["domain 3.9", "domain 4.7"]),
        ("# who runs it (docs/domain.md\n    # §8.9)", ["domain 8.9"]),
        ("-- as in domain\n-- §2.8", []),
        ("see [domain](domain.md) §9", ["domain 9"]),
        ("# the axis (protocols A.1–A.4, A.8)", ["protocols A.8"]),
        ("# spelled so (A.4.8)", []),
        ("# spelled so (A.4.9)", ["protocols A.4.9"]),
        ("# by the rules of field.md §6", ["? 6"]),
        ("# contract §2.8: a paper of another number", ["contract 2.8"]),
        ("# NĐ 63/2010 Đ15, D2.1, H19.2 and version 1.4 cite nothing", []),
    ],
)
def test_an_invented_citation_is_found(text: str, lost: list[str]) -> None:
    headings = {"domain": {"2.8"}, "protocols": {"A.1", "A.4", "A.4.8"}, "contract": {"2"}}
    assert unanswered(text, headings) == lost


def test_a_paper_cites_itself_without_its_name() -> None:
    assert unanswered("as in §2.8, not §2.9", {"domain": {"2.8"}}, own="domain") == ["domain 2.9"]
