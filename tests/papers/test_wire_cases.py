"""Every case that docs/wire_cases.md tells has its test, under the name it gives."""

import re
from pathlib import Path

import pytest


ROOT = Path(__file__).parents[2]
NAMED = re.findall(r"`(tests/\S+\.py)::(test_\w+)`", (ROOT / "docs" / "wire_cases.md").read_text(encoding="utf-8"))


def test_there_are_as_many_as_were_asked_for() -> None:
    assert len(NAMED) >= 60


@pytest.mark.parametrize(("file", "test"), NAMED)
def test_a_case_has_its_test(file: str, test: str) -> None:
    assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8")
