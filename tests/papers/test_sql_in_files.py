"""What counts as a statement of SQL in Python, and that none stands in assets and pipelines."""

import pytest

from tests.sql_in_files import main, statements


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('ASK = "select count(*) from core.dossiers"', 1),
        ('ASK = f"""\n    with newest as (select 1) select {x}"""', 1),
        ('database.query("from core.dossiers limit 5")', 1),
        ('database.query("checkpoint")', 1),
        ('"""Select what is due from the list."""', 0),
        ('def due():\n    "select nothing from anywhere"', 0),
        ('HELP = "With the template one may make an own one."', 0),
        ('SAID = "From the closing date on"', 0),
    ],
)
def test_a_text_that_begins_as_a_statement_is_found_and_a_sentence_is_not(source: str, found: int) -> None:
    assert len(list(statements(source))) == found


def test_there_is_none() -> None:
    assert main() == 0
