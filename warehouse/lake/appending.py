"""A publication is appended whole, in one transaction, once: nothing of an earlier one is touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from warehouse.lake.connection import NAME, Lake, text
from warehouse.lake.shape import RAW, again, data_table, known, prepare
from warehouse.lake.tables import Told, shape, tables_of, told


# Of a published file: what readers of many organisations ask. Its views and its dictionary follow from these.
SCHEMAS = ("core", "marts", "reference")


@dataclass(frozen=True)
class Publication:
    """What is to be appended: a published file, and a folder of Parquet that the home has written beside it.

    `beside`: `<schema>.<table>.parquet`, of tables that are not published; `raw.versions.parquet` among them holds what
    raw learned since `raw_until` of the append before.
    """

    organisation: str
    version: str
    closing_date: date
    published_at: str
    file: Path | None
    file_sha256: str
    beside: Path | None = None
    raw_until: str | None = None

    @property
    def publication_id(self) -> str:
        """A home that was begun anew may give a name twice, never to the same file."""
        return f"{self.organisation}/{self.version}@{self.file_sha256[:12]}"

    @classmethod
    def read(
        cls, organisation: str, file: Path, beside: Path | None = None, raw_until: str | None = None
    ) -> Publication:
        manifest = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        return cls(
            organisation,
            manifest["version"],
            date.fromisoformat(manifest["closing_date"]),
            manifest["created_at"],
            file,
            manifest["file_sha256"],
            beside,
            raw_until,
        )


@dataclass
class Appended:
    """`is_new` is false where the publication stood already; `conflicts`: commits that others were in the way of."""

    publication_id: str
    is_new: bool
    rows: int = 0
    conflicts: list[str] = field(default_factory=list)


@contextmanager
def attached(lake: Lake, publication: Publication) -> Iterator[dict[str, str]]:
    """`schema.table` → what is read for it."""
    sources = {
        file.stem: f"read_parquet({text(str(file))})"
        for file in sorted(publication.beside.glob("*.parquet") if publication.beside else ())
    }
    if publication.file is None:
        yield sources
        return
    lake.query(f"attach {text(str(publication.file))} as publication (read_only)")
    try:
        yield sources | {table: f"publication.{table}" for table in tables_of(lake, "publication", SCHEMAS)}
    finally:
        lake.query("detach publication")


def append(lake: Lake, publication: Publication, on_commit: Callable[[str], None] = lambda point: None) -> Appended:
    """Done again it changes nothing. Killed anywhere it leaves nothing that a reader sees.

    `on_commit` is told after the data of each table and before the commit.
    """
    with attached(lake, publication) as sources:
        prepare(lake, {table: shape(lake, source) for table, source in sources.items()})
        done = Appended(publication.publication_id, is_new=True)
        done.is_new = again(lake, lambda: write(lake, publication, sources, on_commit, done), done.conflicts.append)
    return done


def write(
    lake: Lake,
    publication: Publication,
    sources: Mapping[str, str],
    on_commit: Callable[[str], None],
    done: Appended,
) -> bool:
    """Within a transaction; whether there was anything to be done."""
    if stands(lake, publication):
        return False
    append_id = uuid4().hex
    written: dict[str, Told] = {}
    for table, source in sources.items():
        lake.query(
            f"insert into {NAME}.{data_table(table)} by name"
            f" select {text(publication.organisation)} as organisation, {text(append_id)} as append_id, * from {source}"
        )
        written[table] = told(lake, source, shape(lake, source))
        on_commit(f"after {table}")
    lake.query(
        f"insert into {NAME}.store.publications values ($1, $2, $3, ("
        f"select coalesce(max(sequence), 0) + 1 from {NAME}.store.publications where organisation = $1"
        "), $4, $5, $6, $7, $8, false, $9)",
        [
            publication.organisation,
            publication.publication_id,
            append_id,
            publication.version,
            publication.closing_date,
            publication.published_at,
            datetime.now(UTC),
            publication.raw_until,
            json.dumps(written),
        ],
    )
    done.rows = sum(one["rows"] for one in written.values())
    on_commit("before commit")
    return True


def stands(lake: Lake, publication: Publication) -> bool:
    """Not one that was withdrawn: whoever appends it again wants it shown."""
    return bool(
        lake.query(
            f"select 1 from {NAME}.store.pointers where organisation = $1 and publication_id = $2",
            [publication.organisation, publication.publication_id],
        )
    )


def raw_until(lake: Lake, organisation: str) -> str | None:
    """Until when raw has been told by the newest append that told any; None: all of it is to be told."""
    if not has_raw(lake):
        return None
    found: list[tuple[Any]] = lake.query(
        f"select max(raw_until)::varchar from {NAME}.store.publications where organisation = $1", [organisation]
    )
    return found[0][0] if found else None


def has_raw(lake: Lake) -> bool:
    return data_table(RAW) in known(lake)
