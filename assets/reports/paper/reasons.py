"""Why records fail, counted: in the words of the dictionary, the most frequent first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from assets.reports.formats import NOTHING, count
from assets.reports.paper.lists import Failing
from warehouse import dictionary


if TYPE_CHECKING:
    import pandas as pd


MOST_CAUSES = 4
# Their records stand in the list of another indicator too: MT1 holds both groups, MT3 is told by its four parts.
TOLD_ELSEWHERE = frozenset({"MT1a", "MT1b", "MT3"})


def causes(indicator: str, records: list[Failing]) -> str:
    """Of one indicator, as a sentence; the records themselves stand in the annex."""
    found = counted([record for record in records if record.indicator == indicator])
    told = [f"{count(number)} trường hợp: {words}" for words, number in found]
    return "; ".join(told[:MOST_CAUSES]) + ("; …" if len(told) > MOST_CAUSES else "")


def all_causes(records: pd.DataFrame) -> pd.DataFrame:
    """`cause` and `number` over all indicators, the most frequent first; each record once, under its own."""
    own = records[~records["indicator"].isin(TOLD_ELSEWHERE)]
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
    # MT3 fails by its parts, whose codes say which.
    parts = {code: f"không đạt {code.replace('+', ', ')}" for code in found if str(code).startswith("MT3.")}
    words = {code: told.label("reason_code", code) for code in found} | parts
    return [
        (short(example[code]) if words[code] == code else words[code], number) for code, number in found.most_common()
    ]


def short(text: str, most: int = 90) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
