"""In what way records fail, counted: in the words of the dictionary, the most frequent first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assets.reports.formats import NOTHING, count
from assets.reports.paper.lists import Failing
from warehouse import dictionary


if TYPE_CHECKING:
    import pandas as pd


MOST_CAUSES = 4


def causes(indicator: str, records: list[Failing]) -> str:
    """Of one indicator, as a sentence; the records themselves stand in the annex."""
    found = counted([record for record in records if record.indicator == indicator])
    told = [f"{count(number)} trường hợp: {words}" for words, number in found]
    return "; ".join(told[:MOST_CAUSES]) + ("; …" if len(told) > MOST_CAUSES else "")


def all_causes(records: pd.DataFrame) -> pd.DataFrame:
    """`cause` and `number` over all indicators, the most frequent first; each record once.

    A group's records stand under the whole, and a whole that fails by its parts is told by them.
    """
    own = records[~(records["is_of_a_group"] | records["fails_by_parts"])]
    found = own.groupby(["indicator", "reason_code"], sort=False).size().reset_index(name="number")
    told = dictionary.load()
    found["cause"] = [
        f"{name}: {told.label('reason_code', code)}"
        for name, code in zip(found["indicator"], found["reason_code"], strict=True)
    ]
    return found.sort_values("number", ascending=False, kind="stable")[["cause", "number"]]


def counted(records: list[Failing]) -> list[tuple[str, int]]:
    """A code that nobody has named is told by an example."""
    found = Counter(record.reason_code for record in records)
    example = {record.reason_code: record.reason or NOTHING for record in reversed(records)}
    told = dictionary.load()
    parts = {
        record.reason_code: f"không đạt {record.reason_code.replace('+', ', ')}"
        for record in records
        if record.fails_by_parts
    }
    words = {code: told.label("reason_code", code) for code in found} | parts
    return [
        (short(example[code]) if words[code] == code else words[code], number) for code, number in found.most_common()
    ]


def short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
