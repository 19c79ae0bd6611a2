"""Raw payloads whose time is over (`raw_days` of reference.retention): cut where no kept publication stands on them.

The row keeps its key, version, instants and the hash of what it held, and the ledger says since when the text is gone;
by both `raw_integrity` tells a cut from a change. Where the number is not given, nothing is ever cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import NamedTuple

from warehouse import models, raw_integrity, retention
from warehouse.database import Database
from warehouse.models import Model
from warehouse.raw_tables import CUT
from warehouse.reading import closing_of


# What a staging model says that leaves out the records which their source had dropped by the closing date.
LEAVES_OUT = "coalesce(newest.withdrawn_at >= closing.known_until, true)"
GONE = """
create or replace temp table gone as
select record_key from {table}
group by record_key
having max_by(coalesce(withdrawn_at < $horizon, false), version)
"""
ENTER = """
insert into ledger.retention_cuts
select $system, $resource, record_key, version, content_hash, $now, $days
from {table}
where record_key in (from temp.main.gone) and payload <> $cut and sha256(payload) = content_hash
"""
EMPTY = """
update {table} set payload = $cut
where record_key in (from temp.main.gone) and payload <> $cut and sha256(payload) = content_hash
"""
LEFT = "select count(*) from {table} where last_seen_at < $before and payload <> $cut"

DONE = (
    "Thời hạn giữ bản ghi gốc {days} ngày: đã cắt nội dung {cut} bản mà nguồn đã bỏ trước {horizon:%d/%m/%Y}; "
    "còn {left} bản quá hạn không cắt được, vì {why}."
)
STANDS = "số liệu còn được tính từ đó"
KEPT = STANDS + " (bản công bố cũ nhất còn giữ chốt ngày {day:%d/%m/%Y})"


class Cut(NamedTuple):
    """Payloads: cut now, and past their time but kept since figures stand on them."""

    cut: int
    left: int


def forget(database: Database, published: Path, tell: Callable[[str], None]) -> Cut:
    """Cuts what may be cut and tells what may not. Call it without a run under way."""
    days = retention.number(database, "raw_days")
    if days is None:
        return Cut(0, 0)
    before = database.clock() - timedelta(days=days)
    oldest = oldest_kept(published)
    # Whatever was still there on a closing date that can be asked for again, is needed to compute it again.
    horizon = min(before, datetime.combine(oldest, time(), UTC) - timedelta(days=1)) if oldest else before
    safe = set(droppable(models.load()))
    cut = left = 0
    for one in raw_integrity.collections(database):
        if one.table in safe:
            cut += empty(database, one, horizon, days)
        left += database.query(LEFT.format(table=one.table), {"before": before, "cut": CUT})[0][0]
    if cut or left:
        why = KEPT.format(day=oldest) if oldest and horizon < before else STANDS
        tell(DONE.format(days=days, cut=cut, horizon=horizon, left=left, why=why))
    return Cut(cut, left)


def empty(database: Database, one: raw_integrity.Collection, horizon: datetime, days: int) -> int:
    with database.transaction(f"payloads of {one.table} cut"):
        database.query(GONE.format(table=one.table), {"horizon": horizon})
        values = one._asdict() | {"now": database.clock(), "days": days, "cut": CUT}
        ((entered,),) = database.query(ENTER.format(table=one.table), values)
        database.query(EMPTY.format(table=one.table), {"cut": CUT})
    return int(entered)


def droppable(known: Iterable[Model]) -> list[str]:
    """The raw tables of which every reader leaves out what its source has dropped."""
    readers: dict[str, list[Model]] = {}
    for model in known:
        for table in model.reads:
            readers.setdefault(table, []).append(model)
    return sorted(
        table
        for table, own in readers.items()
        if table.startswith("raw.") and all(LEAVES_OUT in model.sql for model in own)
    )


def oldest_kept(published: Path) -> date | None:
    """The oldest closing date of a publication whose file is still there."""
    return min(map(closing_of, published.glob("mtcl-*.duckdb")), default=None)
