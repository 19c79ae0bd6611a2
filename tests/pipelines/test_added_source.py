"""A source added as DEVELOPERS.md says: connector, entry in the register, its questions, staging model; no more."""

import json
from pathlib import Path

import pytest
from pytest_httpserver import HTTPServer

from tests.support.copies import Copy
from warehouse import reading


CONNECTOR = '''"""The citizens' hotline: its calls, one list."""

from collections.abc import Iterator

from connectors.http import HttpClient
from connectors.records import Page, page_of, record


class Hotline:
    def __init__(self, http: HttpClient) -> None:
        self.http = http

    def calls(self) -> Iterator[Page]:
        yield page_of([record(row["id"], {"topic": row["topic"]}) for row in self.http.json("GET", "calls")])
'''
ENTRY = """
HOTLINE = Source(
    code="hotline",
    system="hotline",
    title="Đường dây nóng",
    keeper="Phòng Tiếp công dân",
    settings=("HOTLINE_URL",),
    collections=(
        Collection("calls", "Cuộc gọi đến đường dây nóng.", "toàn bộ danh sách", complete=True, is_main=True),
    ),
)

SOURCES = (HOTLINE, PORTAL,"""
ASKED = '''"""The citizens' hotline."""

from collections.abc import Iterator, Mapping

from assets.raw.asking import Asking, Reading
from assets.raw.connecting import Client
from connectors.hotline import Hotline


def connect(given: Mapping[str, str], client: Client) -> Hotline:
    return Hotline(client("HOTLINE", given["HOTLINE_URL"]))


def calls(asking: Asking[Hotline]) -> Iterator[Reading]:
    yield Reading(asking.connector.calls())
'''
MODEL = """-- Cuộc gọi đến đường dây nóng.
select record_key, payload ->> '$.topic' as topic, content_hash, first_seen_at
from raw.hotline__calls
cross join reference.closing as closing
where first_seen_at < closing.known_until
qualify row_number() over (partition by record_key order by version desc) = 1
"""
ACCOUNTED = "select received, accepted, difference from core.record_accounting where system = 'hotline'"
DESCRIBED = "select title, keeper, table_name from reference.sources where system = 'hotline'"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    copy = Copy(tmp_path_factory.mktemp("product"))
    copy.add("connectors/hotline.py", CONNECTOR)
    copy.replace("assets/sources.py", "\nSOURCES = (PORTAL,", ENTRY)
    copy.add("assets/raw/hotline.py", ASKED)
    copy.add("warehouse/models/staging/hotline__calls.sql", MODEL)
    return copy


def test_it_is_landed_accounted_for_listed_described_and_watched(
    copy: Copy, tmp_path: Path, httpserver: HTTPServer
) -> None:
    environment = {"MTCL_HOME": str(tmp_path), "MTCL_TODAY": "2025-07-01", "HOTLINE_URL": httpserver.url_for("/")}
    httpserver.expect_ordered_request("/calls").respond_with_json(
        [{"id": "1", "topic": "đất đai"}, {"id": "2", "topic": "hộ tịch"}]
    )
    report = copy.run(environment)
    assert report["published"], report["problems"]
    assert report["sources"]["hotline"] == {
        "outcome": "succeeded", "records": 2, "landed": 2, "requests": 1, "retries": 0, "error": None,
    }  # fmt: skip
    published = tmp_path / "published" / reading.POINTER
    assert reading.ask(published, ACCOUNTED).rows == [(2, 2, 0)]
    assert reading.ask(published, DESCRIBED).rows == [("Đường dây nóng", "Phòng Tiếp công dân", "hotline__calls")]

    # It stops answering for good: the run publishes what is complete and says whose fault the rest is, and so does the
    # list of what is broken.
    httpserver.expect_request("/calls").respond_with_data("gone", status=404)
    report = copy.run(environment)
    assert report["published"], report["problems"]
    assert report["sources"]["hotline"]["outcome"] == "failed"
    assert report["sources"]["hotline"]["error"].startswith("Đường dây nóng: ")
    (incident,) = json.loads((tmp_path / "incidents.json").read_text(encoding="utf-8"))
    assert incident["cause"] == "unread:hotline"
    assert "Đường dây nóng" in incident["text"]


def test_half_of_its_settings_is_an_error_that_names_the_rest(copy: Copy, tmp_path: Path) -> None:
    done = copy.mtcl({"MTCL_HOME": str(tmp_path), "HOTLINE_URL": "no address"}, "run")
    assert done.returncode == 2
    assert "HOTLINE_URL" in done.stderr
