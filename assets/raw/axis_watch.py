"""Looks at the received queue of the axis between two nights, and keeps aside what a night would no longer find.

The office's own document system empties the queue every quarter of an hour (protocols E.1). A look never opens the
warehouse, which has one writer: what it finds stands in files under $MTCL_HOME/axis until the next reading of the axis
lands them. A file goes only after it is landed; landing it twice changes nothing.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.axis import Axis
from connectors.records import Page, Record, page_of
from warehouse import access
from warehouse.locks import lock


ASKED: dict[str, tuple[str, Callable[[Axis, set[str]], Iterator[Page]]]] = {
    "received_documents": ("edoc", Axis.received),
    "received_statuses": ("status", Axis.statuses),
}
KEPT_DAYS = 40
# Day → kind of packet → looks, and packets that somebody else took between two of them.
Looks = dict[str, dict[str, dict[str, int]]]


@dataclass(frozen=True)
class PacketsAside:
    """`folder` is nobody else's: packets are facts without names, as they are landed."""

    folder: Path

    def look(self, axis: Axis, now: datetime) -> Counter[str]:
        """How many new packets of each collection were kept. Raises filelock.Timeout beside another look."""
        access.make_folder(self.folder, access.PRIVATE_FOLDER)
        found: Counter[str] = Counter()
        with lock(self.folder / "lock", timeout=0):
            for resource, (kind, ask) in ASKED.items():
                state = self._state()
                before = set(state["listed"].get(kind, ()))
                unread: set[str] = set()
                for page in ask(axis, before):
                    unread |= {record.key for record in page.records if is_unread(record)}
                    found[resource] += len(page.records)
                    self._keep(resource, page.records, now)
                listed = axis.listed[kind]
                axis.acknowledge(listed - unread)
                taken = 0 if axis.acknowledges else len(before - listed)
                count(state["looks"], now, kind, taken)
                # What could not be read is asked for again.
                state["listed"][kind] = sorted(listed - unread)
                self._write(self.folder / "state.json", json.dumps(state))
        return found

    def files(self, resource: str) -> list[Path]:
        return sorted((self.folder / resource).glob("*.jsonl"))

    def pages(self, files: Iterable[Path]) -> Iterator[Page]:
        for number, file in enumerate(files, 1):
            lines = map(json.loads, file.read_text(encoding="utf-8").splitlines())
            yield page_of([Record(line["key"], line["payload"].encode(), None) for line in lines], number, None)

    def looks(self) -> Looks:
        looks: Looks = self._state()["looks"]
        return looks

    def _keep(self, resource: str, records: list[Record], now: datetime) -> None:
        if not records:
            return
        access.make_folder(self.folder / resource, access.PRIVATE_FOLDER)
        lines = [json.dumps({"key": one.key, "payload": one.payload.decode()}) for one in records]
        name = f"{now:%Y%m%dT%H%M%S%f}-{os.getpid()}-{len(self.files(resource)):06}.jsonl"
        self._write(self.folder / resource / name, "\n".join(lines))

    def _write(self, file: Path, text: str) -> None:
        """Whole on the disk or not at all."""
        beside = file.with_suffix(".tmp")
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, access.PRIVATE_FILE)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(text)
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)

    def _state(self) -> dict[str, Any]:
        """A state that cannot be read is as none: everything that waits is read again."""
        try:
            state: dict[str, Any] = json.loads((self.folder / "state.json").read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return {"listed": {}, "looks": {}}
        return state


def aside(home: Path) -> PacketsAside:
    return PacketsAside(home / "axis")


def is_unread(record: Record) -> bool:
    return "error" in json.loads(record.payload)["packet"]


def count(looks: Looks, now: datetime, kind: str, taken: int) -> None:
    """Of the last forty days; what is older stands in the warehouse."""
    looks.setdefault(f"{now:%Y-%m-%d}", {}).setdefault(kind, {"looks": 0, "taken": 0})
    of_today = looks[f"{now:%Y-%m-%d}"][kind]
    of_today["looks"] += 1
    of_today["taken"] += taken
    for day in sorted(looks)[:-KEPT_DAYS]:
        del looks[day]
