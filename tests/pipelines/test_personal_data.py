"""A night over sources that write about people wherever they can: nobody is found in anything the home holds."""

import base64
import json
import re
import zlib
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from assets.partitions import enter
from assets.privacy import SCHEMAS, WORDS, scanned
from assets.publish import published
from connectors.simulator.faults import FaultPlan
from connectors.simulator.payload_faults import rows_of
from connectors.simulator.server import Simulator
from connectors.simulator.transport_faults import Onward
from connectors.simulator.wire import Request, Response
from tests.support.instance import without_history
from tests.support.office import LAST_DAY, Office, failures
from tests.support.people import PLANTS, SECRETS, leaves
from tests.support.promises import broken
from warehouse import privacy
from warehouse.reading import latest


# By these a source is asked further and its list is counted; a source that lost them has another envelope.
KEPT = {"id", "docId", "AMOUNT", "TOTAL_RECORDS", "ROW_STT"}
TEXTS = [plant for plant in PLANTS if isinstance(plant, str)]
TEXT = re.compile(rb">([^<>]+)<")


class Gossip(FaultPlan):
    """In one row of four one leaf speaks of a person; which, hangs on the row: the same in each reading."""

    def __init__(self) -> None:
        super().__init__("none")
        self.planted: set[str] = set()

    def answer(self, request: Request, system: Onward) -> Response:
        response = system(request)
        if response.status != 200 or not response.body.lstrip().startswith((b"{", b"[")) or "login" in request.path:
            return response
        if request.path.endswith("/token"):
            return response
        answer = json.loads(response.body)
        if request.path.endswith("/getEdoc"):
            answer["data"] = base64.b64encode(self.packet(base64.b64decode(answer["data"]))).decode()
        for row in rows_of(answer):
            self.plant(row)
        return Response(200, json.dumps(answer, ensure_ascii=False).encode(), response.headers)

    def plant(self, row: dict[str, Any]) -> None:
        chance = zlib.crc32(json.dumps(row, sort_keys=True).encode())
        places = [place for place in leaves(row) if not (len(place) == 1 and place[0] in KEPT)]
        if chance % 4 == 0 and places:
            *above, last = places[chance // 4 % len(places)]
            holder: Any = row
            for name in above:
                holder = holder[name]
            holder[last] = PLANTS[chance // 97 % len(PLANTS)]
            self.planted.add(".".join(str(name) for name in (*above, last) if isinstance(name, str)))

    def packet(self, packet: bytes) -> bytes:
        chance = zlib.crc32(packet)
        texts = [found for found in TEXT.finditer(packet) if found[1].strip() and len(found[1]) < 200]
        if chance % 4 or not texts:
            return packet
        at = texts[chance // 4 % len(texts)]
        return packet[: at.start(1)] + str(TEXTS[chance // 97 % len(TEXTS)]).encode() + packet[at.end(1) :]


def test_nobody_who_is_named_in_any_leaf_is_in_the_home(
    tmp_path: Path, simulator: Simulator, capfd: pytest.CaptureFixture[str]
) -> None:
    gossip = Gossip()
    simulator.faults = gossip
    office = Office(tmp_path / "home", simulator.environment, LAST_DAY)
    result = office.night(outputs=True)
    assert result.success, failures(result)
    assert len(gossip.planted) > 60
    with office.open() as warehouse:
        assert privacy.scan(warehouse, WORDS, "warehouse", SCHEMAS) == []
        tables = warehouse.query("select schema_name || '.' || table_name from duckdb_tables()")
        rows = "\n".join(
            str(row) for (table,) in tables for row in warehouse.query(f"select to_json(t) from {table} as t")
        )
        set_aside = {tuple(row) for row in warehouse.query("select system, resource from quarantine.records")}
    assert {("portal", "dossiers"), ("tthc", "procedures"), ("axis", "sent_documents")} <= set_aside
    published_file = latest(tmp_path / "home" / "published")
    assert published_file is not None
    assert broken(published_file.path) == []
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    written = "".join(capfd.readouterr())
    for secret in SECRETS:
        assert secret not in rows
        assert secret not in written
        assert [path.name for path, content in files.items() if secret.encode() in content] == []


def test_what_is_found_stops_the_publication_by_its_place_alone(tmp_path: Path) -> None:
    office = Office(tmp_path / "home", {}, LAST_DAY)
    with office.open() as warehouse:
        warehouse.query("create schema if not exists marts")
        warehouse.query("create table marts.scoreboard as select 'Nguyễn Thị Kín' as unit_name, 'cv 12/BNV' as source")
        enter(without_history(), LAST_DAY.isoformat())
        result = dg.materialize(
            [scanned],
            resources={"database": warehouse},
            partition_key=LAST_DAY.isoformat(),
            instance=without_history(),
            raise_on_error=False,
        )
    assert not result.success
    told = failures(result)["published__privacy"]
    assert "marts.scoreboard.unit_name: 1 họ tên" in told
    assert "Kín" not in told
    assert scanned.key in published.asset_deps[published.key]
