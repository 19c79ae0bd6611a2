"""The macros of both engines over hostile text: what differs there is where figures of dirty data would part."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from warehouse.engines.spark import macros


# fmt: off
MOMENTS = [
    "2025-01-02T07:30:00.000+0700", "2025-12-31T06:37:54.000+0000", "2025-01-02T07:30:00+07:00",
    "2025-01-02T07:30:00Z", "2025-01-02", "02/01/2025", "2/1/2025", "2-1-2025", "20250102", "20250102073015", "2025",
    "2025-01", "31/02/2025", "2025-02-30", "infinity", "-infinity", "epoch", "now", "today", "null", "24:00",
    "2025-01-02T24:00:00", "2025-01-02T23:59:60", "2025-13-01", "0001-01-01", "9999-12-31", "10000-01-01", "2025-1-2",
    "2025-01-02T7:30", "2025-01-02T07", "2025-01-02T07:30:00.123456789", "2025/01/02", "25/12/25",
    "2025-01-02T07:30:00+7", "2025-01-02T07:30:00-0330", "1735776600", "1735776600000", "2025-W01-1", "01.02.2025",
    "99/99/9999", "00/00/0000", "２０２５-01-02", "2025-01-02 07:30:00", "02/01/2025 07:30", "02/01/2025 07:30:15",
    "02-01-2025 07:30:15", "2025-01-02 07:30:00 +07", "2025-01-02 (BC)", "2025-01-02 07:30:00 Asia/Ho_Chi_Minh",
]
TEXTS = [
    "Nguyễn", "Đồng", "ÐỒNG", "ﬁ", "İstanbul", "ß", "ẞ", "Ǆ", "ª", "Å", "Ω", "①", "－－", "---", "…", "H19.101",
    "00.02.H19", "000.00.00.H19.e-doc.vn", "19.H19", "1.000123.000.00.00.H19", "1.000123.H19", "x1.000123",
    "07/QĐ-UBND", "Không.", "<br/>", "&#160;", "😀x", "ĐĂNG", "[", "[]", "[null]", "{bad",
    "NGUY\u1ec4N  V\u0102N\xa0A", "nguye\u0302\u0303n", "\ufeffabc", "a\u200bb", "\u3000x\xa0", "a\tb\nc", "a\x0bb",
    "7 / qđ-ubnd", "<p>Không&nbsp;có</p>", '[{"languageId":228,"name":"Cấp phép"}]',
    '[{"languageId":"228","name":" A  B "},{"languageId":46,"name":"Eng"}]', '[{"languageId":46,"name":"Eng"}]',
    '{"name":"X"}', '{"name":null}', '{"name":1}',
]
# fmt: on
MARKS = ' \u00a0\u0301\u0300\u0323.-/0aĐđ"{}[]<>&\t\n'
DIGITS = "0123456789-/:T Z+."


def hostile(count: int, seed: int = 7) -> list[str]:
    """The same each time: texts as sources write them, with letters put in, taken out and exchanged."""
    chance = random.Random(seed)
    found = {*MOMENTS, *TEXTS, ""}
    while len(found) < count:
        base, letters = chance.choice(((MOMENTS, DIGITS), (TEXTS, MARKS)))
        text = list(chance.choice(base))
        for _ in range(chance.randint(1, 2)):
            place = chance.randrange(len(text) + 1)
            text[place : place + chance.randint(0, 1)] = chance.choice(letters) if chance.random() < 0.8 else ""
        found.add("".join(text))
    return sorted(found)


def differences(
    session: Any, oracle: duckdb.DuckDBPyConnection, folder: Path, count: int = 6000
) -> dict[str, list[str]]:
    """Macro → the texts of which the engines say different things."""
    texts, said = folder / "hostile.parquet", folder / "said"
    oracle.execute("create or replace temp table hostile as select unnest($1) as text", [hostile(count)])
    oracle.execute(f"copy temp.main.hostile to '{texts}' (format parquet)")
    names = [name for name, macro in macros.of_spark().items() if len(macro.parameters) == 1]
    told = ", ".join(f"cast({name}(text) as string) as {name}" for name in names)
    session.sql(f"select text, {told} from parquet.`{texts}`").write.parquet(str(said))
    return {name: list(differing(oracle, said, name)) for name in names}


def differing(oracle: duckdb.DuckDBPyConnection, said: Path, name: str) -> Iterator[str]:
    ours = f"cast({name}(text) as varchar)"
    kind = "timestamp" if name.endswith("_timestamp") else "date" if name.endswith("_date") else "varchar"
    for (text,) in oracle.execute(
        f"select text from read_parquet('{said}/*.parquet')"
        f" where {ours} is distinct from cast(cast({name} as {kind}) as varchar) order by text"
    ).fetchall():
        yield text
