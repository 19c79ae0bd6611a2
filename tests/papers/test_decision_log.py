"""The decision log: numbered in sequence, each entry with the day of its writing and its status."""

import re
from datetime import date
from pathlib import Path

import pytest


LOG = Path(__file__).parents[2] / "DECISIONS.md"
ENTRY = re.compile(r"^## (.*)\n\n(.*)\n", re.MULTILINE)
NUMBERED = re.compile(r"(\d+)\. \S.*")
DATED = re.compile(r"(\d{4}-\d{2}-\d{2}) · (?:accepted|superseded by (\d+))")


def faults(log: str) -> list[str]:
    """What is wrong with a log, entry by entry."""
    entries = ENTRY.findall(log)
    return [
        f"{place}: {fault}"
        for place, entry in enumerate(entries, 1)
        for fault in entry_faults(place, *entry, len(entries))
    ]


def entry_faults(place: int, heading: str, line: str, last: int) -> list[str]:
    numbered, dated = NUMBERED.fullmatch(heading), DATED.fullmatch(line)
    found = [] if numbered and int(numbered[1]) == place else ["number out of sequence"]
    if not dated:
        return [*found, "no date and status"]
    if not is_day(dated[1]):
        found.append("no such day")
    if dated[2] and not place < int(dated[2]) <= last:
        found.append("superseded by no later entry")
    return found


def is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def test_every_entry_has_its_number_its_day_and_its_status() -> None:
    log = LOG.read_text(encoding="utf-8")
    assert faults(log) == []
    # Headings that the pattern does not see would be judged by nobody.
    assert len(ENTRY.findall(log)) == log.count("\n## ") >= 69


def test_entries_stand_in_the_order_of_their_days() -> None:
    days = [dated[1] for _, line in ENTRY.findall(LOG.read_text(encoding="utf-8")) if (dated := DATED.fullmatch(line))]
    assert days == sorted(days)


@pytest.mark.parametrize(
    ("second", "found"),
    [
        ("## 2. Otherwise\n\n2026-11-24 · accepted\n", []),
        ("## 3. Otherwise\n\n2026-11-24 · accepted\n", ["2: number out of sequence"]),
        ("## Otherwise\n\n2026-11-24 · accepted\n", ["2: number out of sequence"]),
        ("## 2. Otherwise\n\nBecause.\n", ["2: no date and status"]),
        ("## 2. Otherwise\n\n2026-11-24 · rejected\n", ["2: no date and status"]),
        ("## 2. Otherwise\n\n2026-02-30 · accepted\n", ["2: no such day"]),
        ("## 2. Otherwise\n\n2026-11-24 · superseded by 1\n", ["2: superseded by no later entry"]),
        ("## 2. Otherwise\n\n2026-11-24 · superseded by 3\n", ["2: superseded by no later entry"]),
    ],
)
def test_a_fault_of_an_entry_is_found(second: str, found: list[str]) -> None:
    assert faults(f"# Decisions\n\n## 1. So\n\n2026-11-23 · superseded by 2\n\nWhy.\n\n{second}") == found
