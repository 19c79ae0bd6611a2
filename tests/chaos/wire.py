"""A proxy between the product and its sources that spoils answers: cuts, repeats, empties and drops them, flips bits.

A flip sets the top bit of a byte: what a broken wire does and a reader can see. A digit made into another digit, or the
answer to another question, is seen by nobody without TLS, and is not tried.
"""

import http.client
import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from urllib.parse import urlsplit

from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from tests.chaos.figures import Trial
from tests.chaos.homes import TWICE, Dice, Until
from tests.support.command_line import DAY
from tests.support.histories import TABLES
from tests.support.office import Office


WORLD = World(dossiers=40, documents=15, procedures=8, today=DAY, is_drained=False)
SPOILINGS = ("flip", "cut", "cut in silence", "repeat", "empty", "drop")
HOP = {"connection", "content-length", "transfer-encoding", "keep-alive"}


@dataclass
class Wire:
    """To one address; of how many answers one is spoiled, and what was done."""

    port: int
    dice: random.Random
    share: float = 0.0
    done: list[str] = field(default_factory=list)
    before: dict[str, bytes] = field(default_factory=dict)

    def spoiled(self, path: str, question: str, body: bytes) -> tuple[str, bytes]:
        """What is done to an answer, and what is left of it; repeated is an earlier answer to the same question."""
        what = self.dice.choice(SPOILINGS) if body and self.dice.random() < self.share else "none"
        earlier = self.before.setdefault(question, body)
        if what != "none":
            self.done.append(f"{what} {path}")
        if what == "flip":
            flipped = bytearray(body)
            flipped[self.dice.randrange(len(body))] |= 0x80
            return what, bytes(flipped)
        if what.startswith("cut"):
            return what, body[: self.dice.randrange(len(body))]
        return what, {"repeat": earlier, "empty": b""}.get(what, body)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wire: Wire

    def do_GET(self) -> None:
        asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        source = http.client.HTTPConnection("127.0.0.1", self.wire.port, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "connection"}
        source.request(self.command, self.path, asked, headers)
        answer = source.getresponse()
        whole = answer.read()
        source.close()
        what, body = self.wire.spoiled(
            urlsplit(self.path).path, f"{self.path} {asked!r} {sorted(headers.items())}", whole
        )
        if what == "drop":
            self.close_connection = True
            return
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(whole) if what == "cut" else len(body)))
        self.end_headers()
        self.wfile.write(body)
        self.close_connection |= what == "cut"

    do_POST = do_PUT = do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def between(simulator: Simulator, dice: Dice) -> Iterator[tuple[Wire, dict[str, str]]]:
    """The wire, and the settings of a reader behind it."""
    port = urlsplit(simulator.environment["AXIS_URL"]).port
    assert port
    wire = Wire(port, dice)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"wire": wire}))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        seen = f":{server.server_address[1]}"
        yield wire, {name: value.replace(f":{port}", seen) for name, value in simulator.environment.items()}
    finally:
        server.shutdown()
        server.server_close()


def contents(office: Office) -> dict[str, dict[str, str]]:
    with office.open() as warehouse:
        tables = warehouse.query("select table_name from duckdb_tables() where schema_name = 'raw'")
        newest = (
            "select record_key, max_by(content_hash, version) from raw.{table}"
            " group by record_key having max_by(withdrawn_at is null, version)"
        )
        found = {table: dict(warehouse.query(newest.format(table=table))) for (table,) in tables}
        twice = [t for (t,) in tables if warehouse.query(TWICE.replace("kho.", "").format(table=t)) != [(0,)]]
    return found | {"doubled": dict.fromkeys(twice, "")}


def wires(dice: Dice, until: Until) -> Iterator[Trial]:
    """Readings behind a spoiling wire, each followed by a quiet one."""
    with TemporaryDirectory() as place, Simulator(WORLD, registers=Path(place)) as simulator:
        quiet = Office(Path(place) / "quiet", simulator.environment, DAY)
        assert quiet.read(*TABLES).success
        expected = contents(quiet)
        with between(simulator, dice) as (wire, environment):
            while not until():
                with TemporaryDirectory() as home:
                    yield judged(Office(Path(home), environment, DAY, attempts=60), wire, expected)


def judged(office: Office, wire: Wire, expected: dict[str, dict[str, str]]) -> Trial:
    wire.share, wire.done = wire.dice.choice((0.02, 0.1, 0.3)), []
    first = office.read(*TABLES)
    what_was_done, wire.share = wire.done, 0.0
    is_told = not first.success or not all(check.passed for check in first.get_asset_check_evaluations())
    trial = Trial(f"{len(what_was_done)} answers spoiled: {', '.join(what_was_done)[:300]}")
    if not is_told:
        compare(trial, contents(office), expected, "though all was said to be read")
    if not office.read(*TABLES).success:
        trial.lost.append("the next reading")
    compare(trial, contents(office), expected, "after a quiet reading")
    return trial


def compare(trial: Trial, found: dict[str, dict[str, str]], expected: dict[str, dict[str, str]], when: str) -> None:
    trial.doubled.extend(found["doubled"])
    empty: dict[str, str] = defaultdict(str)
    for table, keys in expected.items():
        there = found.get(table, empty)
        trial.lost.extend(f"{table} {key} {when}" for key in keys if key not in there)
        trial.wrong.extend(f"{table} {key} {when}" for key in there if there[key] != keys.get(key))
