"""People planted in every leaf of every answer of every wire, as a run reads and lands it: none is kept or told.

Whatever a source answers is planted, so a wire or a leaf that is added is covered by itself. Searched are the tables of
the warehouse, by the scan and letter by letter, every file, what a look at the axis keeps aside, and every message.
"""

import base64
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote_plus

import pytest

from assets.privacy import WORDS
from assets.raw.asking import Asking
from assets.raw.axis_watch import aside
from assets.raw.connecting import module_of
from assets.raw.landing import question, read
from assets.raw.shrinking import form_of
from assets.sources import Collection, Source, collections
from connectors.errors import SourceError
from connectors.simulator.faults import FaultPlan
from connectors.simulator.payload_faults import rows_of
from connectors.simulator.server import Simulator
from connectors.simulator.transport_faults import Onward
from connectors.simulator.wire import Request, Response
from connectors.simulator.world import World
from tests.support.office import LAST_DAY, Office
from tests.support.people import PLANTS, SECRETS, leaves
from warehouse import privacy, raw_tables
from warehouse.database import Database


T = TypeVar("T")
WORLD = World(dossiers=100, documents=60, procedures=120, today=LAST_DAY, is_drained=False)
SERVICE = re.compile(r'"service"\s*:\s*"(\w+)"')
NUMBERED = re.compile(r"/[\w-]*\d[\w.-]*")
TEXT = re.compile(rb"<([\w:]+)[^<>]*>([^<>]{1,200})<")
# Answers of one row show one leaf at a time.
MOST_READINGS = 4


class Planter(FaultPlan):
    """In every other row some leaves speak of people: those of which the fewest have spoken."""

    def __init__(self) -> None:
        super().__init__("none")
        self.met: set[tuple[str, str]] = set()
        self.planted: Counter[tuple[str, str]] = Counter()

    def answer(self, request: Request, system: Onward) -> Response:
        response = system(request)
        is_sign_on = "login" in request.path or "token" in request.path
        if is_sign_on or not response.body.lstrip().startswith((b"{", b"[")):
            return response
        answer = json.loads(response.body)
        found = SERVICE.search(unquote_plus(request.body.decode()))
        wire = NUMBERED.sub("/…", request.path) + (f" {found[1]}" if found else "")
        if request.path.endswith("/getEdoc") and isinstance(answer.get("data"), str):
            answer["data"] = base64.b64encode(self.packet(base64.b64decode(answer["data"]))).decode()
        else:
            is_list = isinstance(answer, list) or not answer.keys().isdisjoint(("content", "data", "result"))
            self.plant_every_other(wire, rows_of(answer) if is_list else [answer])
        return Response(response.status, json.dumps(answer, ensure_ascii=False).encode(), response.headers)

    def plant_every_other(self, wire: str, rows: list[Any]) -> None:
        """An answer of one row alone is planted each time."""
        for number, row in enumerate(rows):
            places = list(leaves(row))
            self.met |= {(wire, named(place)) for place in places}
            if number % 2 == 0 and places:
                for place in nsmallest(1 + len(places) // 8, places, lambda place: self.planted[wire, named(place)]):
                    self.plant(wire, row, place)

    def plant(self, wire: str, row: Any, place: tuple[Any, ...]) -> None:
        leaf = (wire, named(place))
        *above, last = place
        for name in above:
            row = row[name]
        row[last] = self.next_of(PLANTS, leaf)

    def packet(self, packet: bytes) -> bytes:
        texts = [found for found in TEXT.finditer(packet) if found[2].strip()]
        self.met |= {("packet", found[1].decode()) for found in texts}
        chosen = nsmallest(1 + len(texts) // 8, texts, lambda found: self.planted["packet", found[1].decode()])
        strings = [plant for plant in PLANTS if isinstance(plant, str)]
        for found in sorted(chosen, key=lambda found: found.start(), reverse=True):
            text = self.next_of(strings, ("packet", found[1].decode()))
            packet = packet[: found.start(2)] + text.encode() + packet[found.end(2) :]
        return packet

    def next_of(self, plants: Sequence[T], leaf: tuple[str, str]) -> T:
        """Each leaf begins with another one."""
        self.planted[leaf] += 1
        return plants[(self.planted[leaf] + zlib.crc32("".join(leaf).encode())) % len(plants)]

    @property
    def spared(self) -> set[tuple[str, str]]:
        return self.met - self.planted.keys()


def named(place: tuple[Any, ...]) -> str:
    return ".".join(name for name in place if isinstance(name, str))


class Messages:
    """Where the run writes its log."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def info(self, text: str) -> None:
        self.told.append(text)

    warning = error = info


def in_order() -> Iterator[tuple[Source, Collection]]:
    """Of what answers on a wire, what says what to ask for comes first."""
    waiting = [(source, one) for source, one in collections() if not source.is_folder]
    while waiting:
        before = {source.table(one) for source, one in waiting}
        ready = [(source, one) for source, one in waiting if not before & set(one.after)]
        yield from ready
        waiting = [pair for pair in waiting if pair not in ready]


def reading(office: Office, database: Database, told: Messages) -> None:
    """One night's reading of everything; a source that fails is told and passed over, as in a run."""
    connections = office.connections()
    try:
        aside(office.home).look(connections.connector("axis"), office.run_settings.clock())
    except SourceError as error:
        told.info(str(error))
    for source, collection in in_order():
        connector = connections.connector(source.code)
        raw_tables.ensure(database, [f"raw.{source.table(collection)}", *(f"raw.{one}" for one in collection.after)])
        asked_in = module_of(source.code)
        form = getattr(asked_in, "FORMS", {}).get(collection.resource, form_of(collection))
        log: Any = told
        settings = office.run_settings
        asking: Asking[Any] = Asking(connector, database, settings, "night", "daily", log, form() if form else None)
        try:
            for part in question(asked_in, collection.resource)(asking):
                read(asking, source, collection, part)
        except SourceError as error:
            told.info(f"{error} {getattr(error, 'advice', '')}")


def test_nobody_who_is_named_in_any_leaf_of_any_wire_is_kept_or_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    planter, told, kept = Planter(), Messages(), []
    with Simulator(WORLD, planter) as simulator:
        for number in range(MOST_READINGS):
            office = Office(tmp_path / f"home{number}", simulator.environment, LAST_DAY, attempts=0)
            with office.open() as database:
                reading(office, database, told)
                assert privacy.scan(database, WORDS, "warehouse", ("raw", "ledger")) == []
                tables = database.query("select schema_name || '.' || table_name from duckdb_tables()")
                kept += [
                    str(row) for (table,) in tables for row in database.query(f"select to_json(t) from {table} as t")
                ]
            if not planter.spared:
                break
    assert planter.spared == set()
    assert len(planter.planted) > 300
    # Nothing was lost by it: what is known of a record stays, and says which of its leaves did not pass.
    assert sum("unreadable" in row for row in kept) > 300
    written = "\n".join([*kept, *told.told, *capfd.readouterr()])
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for secret in SECRETS:
        assert secret not in written
        assert [path.name for path, content in files.items() if secret.encode() in content] == []
