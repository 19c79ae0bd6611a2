"""Looks for people where none may be (design §4.2): numbers of cards and telephones, addresses of mail, full names.

The border lets none through; this is the second look, over what is kept and over what is to be published. A finding is
a table, a column and a count, never what stands there.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from warehouse.database import Database
from warehouse.describing import quoted, text


FOLDER = Path(__file__).parent
KINDS = ("số định danh", "số điện thoại", "địa chỉ thư điện tử", "họ tên")


@dataclass(frozen=True)
class Words:
    """Patterns of RE2, made of words: where people's names are no people, and what a full name looks like."""

    places: str
    family_names: str
    # Whatever may be worth a second look.
    suspicious: str


@dataclass(frozen=True)
class Finding:
    table: str
    column: str
    # As many as KINDS.
    counts: tuple[int, ...]

    def __str__(self) -> str:
        told = ", ".join(f"{count} {kind}" for kind, count in zip(KINDS, self.counts, strict=True) if count)
        return f"{self.table}.{self.column}: {told}"


def words(family_names: Collection[str], sure: Collection[str], middle: Collection[str], places: Collection[str],
          not_persons: Collection[str]) -> Words:  # fmt: skip
    """Family names as they begin a full name; `sure` ones also in small letters before a `middle` name."""
    titled = "|".join(sorted(name.title() for name in family_names))
    capitals = "|".join(sorted(name.upper() for name in family_names))
    small = "|".join(sorted(sure))
    before = r"(?:^|[^\p{L}])"
    second = "|".join(sorted(middle))
    full = (
        rf"{before}(?:{titled})(?: \p{{Lu}}\p{{Ll}}+){{1,3}} \p{{Lu}}"
        rf"|{before}(?:{capitals}) (?:{second.upper()}) \p{{Lu}}"
        rf"|{before}(?:{small}) (?:{second}) \p{{Ll}}"
    )
    no_persons = "|".join(sorted(not_persons))
    behind = "|".join(sorted(places))
    return Words(
        places=rf"(?:{no_persons})|(?i:{before}(?:{behind})) (?:\p{{Lu}}\p{{L}}*[ ]?){{1,5}}",
        family_names=full,
        # No classes of letters: they make a pattern slow to read, and this one is read for every table.
        suspicious=rf"@|(?i:cccd|cmnd|cmt)|(^|[^0-9a-f])[0-9]{{9,12}}([^0-9a-f]|$)"
        rf"|[0-9]{{2,3}}[ .-][0-9]{{3,4}}[ .-][0-9]{{3}}"
        rf"|0[0-9]{{2,3}}[ .-][0-9]{{7}}|[\x{{0300}}-\x{{0323}}]|(?:{titled}|{capitals}|{small}) ",
    )


def scan(
    database: Database, patterns: Words, catalog: str, schemas: Sequence[str], only: Collection[str] = ()
) -> list[Finding]:
    """What the text columns of these schemas hold; of the tables `only`, where some are named."""
    literals = {name: text(pattern) for name, pattern in vars(patterns).items()}
    database.query(text_of("macros"))
    database.query("create or replace temp table candidates (table_name varchar, column_name varchar, text varchar)")
    columns = database.query(text_of("text_columns"), {"catalog": catalog, "schemas": list(schemas)})
    for table, names in columns:
        if not only or table in only:
            values = ", ".join(f"cast({quoted(name)} as varchar)" for name in names)
            asked = {
                "source": f"{catalog}.{table}",
                "table_name": text(table),
                "names": f"[{', '.join(map(text, names))}]",
                "texts": f"[{values}]",
            }
            database.query(Template(text_of("candidates")).substitute(asked | literals))
    found = database.query(Template(text_of("scan")).substitute(literals))
    database.query("drop table temp.candidates")
    return [Finding(table, column, tuple(counts)) for table, column, *counts in found]


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
