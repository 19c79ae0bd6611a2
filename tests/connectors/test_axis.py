"""The axis on a socket: signing, the queue that is never acknowledged, packets that cannot be read."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier

import pytest
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from connectors.axis import Axis
from connectors.errors import SourceChanged, SourceError, SourceRefused
from connectors.http import HttpClient
from connectors.records import Pseudonymiser
from connectors.simulator.server import Simulator
from connectors.simulator.world import World
from connectors.transport import Transport
from connectors.transport_settings import transport
from connectors.vxp import signed_headers, timestamp


STATUS = b"<edXML><MessageHeader><StatusCode>03</StatusCode></MessageHeader></edXML>"
SECRET = b"<edXML><MessageHeader><DoMat>M\xe1\xba\xadt</DoMat></MessageHeader></edXML>"


def test_the_vector_of_the_vendors_own_client() -> None:
    headers = signed_headers(
        {"systemid": "vxp.test.01", "timestamp": "23112026T091927+0625", "Content-Type": "application/json"},
        "dummy-secret",
    )
    assert headers["XroadVnpt-sign-header"] == (
        '{"XroadVnpt-systemid":"vxp.test.01","XroadVnpt-timestamp":"23112026T091927+0625",'
        '"XroadVnpt-Content-Type":"application/json"}'
    )
    assert headers["XroadVnpt-hash-header"] == "d0fb3e5f5b91e5ee29ce0b2933b776bec876a43e452c588b959d8201f62b37a5"
    assert headers["XroadVnpt-sign-header-key"] == "systemid;timestamp;Content-Type"


def test_the_stamp_ends_in_milliseconds_and_not_in_a_time_zone() -> None:
    assert timestamp(datetime(2026, 11, 23, 2, 19, 25, 955_000, tzinfo=UTC)) == "23112026T091925+0955"


class Queue:
    """A VXP endpoint under some prefix, with two packets of each kind of trouble."""

    def __init__(self, httpserver: HTTPServer) -> None:
        self.packets = {"a": STATUS, "b": b"<html/>", "c": SECRET}
        self.operations: list[str] = []
        self.listed = ["a", "b", "c", "a"]
        self.first_rows, self.first_index, self.heeds_paging = 1000, 1, True
        self.before_each: Callable[[], object] = lambda: None
        httpserver.expect_request("/lgsp/vxp/countReceiveStatus").respond_with_handler(
            lambda request: self.answer(count=str(len(self.listed)))
        )
        httpserver.expect_request("/lgsp/vxp/getReceivedEdocList").respond_with_handler(self.list)
        httpserver.expect_request("/lgsp/vxp/getEdoc").respond_with_handler(self.get)
        httpserver.expect_request("/lgsp/vxp/updateStatus").respond_with_handler(self.update)

    def answer(self, **more: object) -> Response:
        return Response(json.dumps({"status": "OK", "ErrorCode": "0", "ErrorDesc": "Thanh cong"} | more))

    def list(self, request: Request) -> Response:
        self.operations.append("list")
        assert request.headers["XroadVnpt-servicetype"] == "eDoc"
        assert request.content_length == 0
        rows = [
            {"docId": doc_id, "messageType": "status", "from": "G22", "title": "personal"} for doc_id in self.listed
        ]
        if not self.heeds_paging:
            return self.answer(data=rows[: self.first_rows])
        size = int(request.headers.get("XroadVnpt-pageSize", self.first_rows))
        start = (int(request.headers.get("XroadVnpt-pageIndex", self.first_index)) - self.first_index) * size
        return self.answer(data=rows[start : start + size] if start >= 0 else [])

    def get(self, request: Request) -> Response:
        self.before_each()
        doc_id = request.headers["XroadVnpt-docId"]
        self.operations.append(f"get {doc_id}")
        if doc_id not in self.packets:
            return self.answer(status="FAIL", ErrorCode="404")
        return self.answer(data=base64.b64encode(self.packets[doc_id]).decode())

    def update(self, request: Request) -> Response:
        self.operations.append(f"ack {request.headers['XroadVnpt-docid']}")
        return self.answer()


@pytest.fixture
def queue(httpserver: HTTPServer) -> Queue:
    return Queue(httpserver)


@pytest.fixture
def axis(client_of: Callable[..., HttpClient], queue: Queue) -> Axis:
    return Axis(client_of("axis", path="/lgsp/vxp"), "vxp.test.01", "dummy-secret")


def test_each_packet_is_fetched_once_and_never_acknowledged(axis: Axis, queue: Queue) -> None:
    (page,) = axis.statuses()
    assert queue.operations == ["list", "get a", "get b", "get c"]
    assert {record.key: json.loads(record.payload)["packet"] for record in page.records} == {
        "a": {"kind": "status", "status_code": "03"},
        "b": {"error": "không phải gói tin edXML"},
    }
    assert page.refused == 1
    assert b"personal" not in b"".join(record.payload for record in page.records)


def test_known_packets_are_not_fetched_again(axis: Axis, queue: Queue) -> None:
    list(axis.statuses(known={"a", "c"}))
    assert queue.operations == ["list", "get b"]


def test_a_packet_the_axis_does_not_hand_over_is_kept_with_its_reason(axis: Axis, queue: Queue) -> None:
    del queue.packets["b"]
    (page,) = axis.statuses()
    packets = {record.key: json.loads(record.payload)["packet"] for record in page.records}
    assert packets["b"] == {"error": "getEdoc: trục báo lỗi 404"}
    assert packets["a"]["kind"] == "status"


def test_an_axis_that_hands_over_nothing_refuses(axis: Axis, queue: Queue) -> None:
    queue.packets, queue.listed = {}, [f"p{number}" for number in range(9)]
    with pytest.raises(SourceRefused, match="getEdoc"):
        list(axis.statuses())
    assert len(queue.operations) == 6


@pytest.mark.parametrize("first_rows", [10, 16])
def test_a_list_that_is_cut_off_is_read_in_pages(axis: Axis, queue: Queue, first_rows: int) -> None:
    queue.listed = [f"p{number}" for number in range(25)]
    queue.packets = dict.fromkeys(queue.listed, STATUS)
    queue.first_rows = first_rows
    (page,) = axis.statuses()
    assert [record.key for record in page.records] == queue.listed


@pytest.mark.parametrize(("first_index", "first_rows"), [(0, 10), (0, 16), (1, 100)])
def test_pages_are_numbered_from_where_the_axis_begins(
    axis: Axis, queue: Queue, first_index: int, first_rows: int
) -> None:
    queue.listed = [f"p{number}" for number in range(250)]
    queue.packets = dict.fromkeys(queue.listed, STATUS)
    queue.first_index, queue.first_rows = first_index, first_rows
    records = [record for page in axis.statuses() for record in page.records]
    assert {record.key for record in records} == set(queue.listed)


def test_a_list_that_stays_shorter_than_the_count_is_no_list(axis: Axis, queue: Queue) -> None:
    queue.listed = [f"p{number}" for number in range(250)]
    queue.first_rows, queue.heeds_paging = 100, False
    with pytest.raises(SourceChanged, match="đếm 250 gói đang chờ nhưng chỉ liệt kê 100"):
        list(axis.statuses())
    assert not [operation for operation in queue.operations if operation.startswith("get")]


def test_several_connections_fetch_the_same_packets_in_the_same_order(httpserver: HTTPServer, queue: Queue) -> None:
    queue.listed = [f"p{number}" for number in range(40)]
    queue.packets = dict.fromkeys(queue.listed, STATUS)
    client = HttpClient(httpserver.url_for("/lgsp/vxp"), source="axis", transport=Transport(connections=4))
    (page,) = Axis(client, "vxp.test.01", "dummy-secret").statuses()
    assert [record.key for record in page.records] == queue.listed
    assert client.requests == 42
    assert sorted(queue.operations[1:]) == sorted(f"get {doc_id}" for doc_id in queue.listed)


def test_unless_it_is_set_four_packets_are_under_way_at_once() -> None:
    meeting = Barrier(4, timeout=5)
    with HTTPServer(threaded=True) as server:
        queue = Queue(server)
        queue.listed = [f"p{number}" for number in range(8)]
        queue.packets = dict.fromkeys(queue.listed, STATUS)
        # A packet that is asked for alone waits for the others in vain, and all of them are refused.
        queue.before_each = meeting.wait
        client = HttpClient(server.url_for("/lgsp/vxp"), source="axis", transport=transport("AXIS", {}))
        (page,) = Axis(client, "vxp.test.01", "dummy-secret").statuses()
    assert [record.key for record in page.records] == queue.listed


def test_every_attempt_is_signed_at_its_own_moment(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    stamps: list[str] = []

    def answer(request: Request) -> Response:
        stamps.append(request.headers["XroadVnpt-timestamp"])
        signed = request.headers["XroadVnpt-sign-header"]
        expected = hmac.new(b"dummy-secret", signed.encode(), hashlib.sha256).hexdigest()
        assert request.headers["XroadVnpt-hash-header"] == expected
        assert json.loads(signed)["XroadVnpt-timestamp"] == stamps[-1]
        return Response('{"status": "OK", "ErrorCode": "0", "data": []}', status=200 if len(stamps) == 3 else 503)

    httpserver.expect_request("/getSentEdocList").respond_with_handler(answer)
    moments = (datetime(2025, 1, 1, 1, minute, tzinfo=UTC) for minute in range(60))
    list(Axis(client_of("axis"), "id", "dummy-secret", clock=lambda: next(moments)).sent())
    assert stamps == [f"01012025T080{minute}00+0000" for minute in range(3)]


def test_an_office_with_a_system_id_of_its_own_may_acknowledge(
    client_of: Callable[..., HttpClient], queue: Queue
) -> None:
    queue.listed = ["a"]
    own = Axis(client_of("axis", path="/lgsp/vxp"), "vxp.own", "dummy-secret", acknowledge=True)
    list(own.statuses())
    assert queue.operations == ["list", "get a"]
    own.acknowledge(own.listed["status"])
    assert queue.operations == ["list", "get a", "ack a"]


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ({"status": "FAIL", "ErrorCode": "401", "ErrorDesc": "sai chữ ký của ông A"}, SourceRefused),
        ({"status": "OK", "ErrorCode": "0", "data": {"rows": []}}, SourceChanged),
        ({"message": "ok"}, SourceChanged),
        ([], SourceChanged),
    ],
)
def test_other_answers_are_reported_in_words(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], answer: object, error: type[Exception]
) -> None:
    httpserver.expect_request("/getSentEdocList").respond_with_json(answer)
    with pytest.raises(error, match=r"^getSentEdocList: ") as reported:
        list(Axis(client_of("axis"), "id", "dummy-secret").sent())
    assert isinstance(reported.value, SourceError)
    assert reported.value.source == "axis"
    assert "ông A" not in str(reported.value)


def test_the_axis_own_words_are_kept_short_without_secrets_and_people(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient]
) -> None:
    said = f"Chữ ký dummy-secret của ông Nguyễn Văn An không khớp {'x' * 20} {'rất dài ' * 50}"
    httpserver.expect_request("/getSentEdocList").respond_with_json(
        {"status": "FAIL", "ErrorCode": "17", "ErrorDesc": said}
    )
    with pytest.raises(SourceRefused, match=r"trục báo lỗi 17. Trục nói: “Chữ ký … của .* không khớp") as reported:
        list(Axis(client_of("axis"), "id", "dummy-secret").sent())
    assert "dummy-secret" not in str(reported.value)
    assert "Nguyễn" not in str(reported.value)
    assert len(str(reported.value)) < 400


def test_the_simulator_refuses_a_wrong_signature(client_of: Callable[..., HttpClient]) -> None:
    with Simulator(World(dossiers=50, documents=60)) as simulator:
        http = HttpClient(simulator.environment["AXIS_URL"], source="axis")
        with pytest.raises(SourceRefused, match="getSentEdocList"):
            list(Axis(http, simulator.environment["AXIS_SYSTEM_ID"], "wrong").sent())


def test_every_real_packet_goes_through_list_and_get(samples: Path) -> None:
    with Simulator(World(dossiers=50, documents=60, is_drained=False), packets=samples / "axis") as simulator:
        environment = simulator.environment
        http = HttpClient(environment["AXIS_URL"], source="axis")
        axis = Axis(http, environment["AXIS_SYSTEM_ID"], environment["AXIS_SECRET"])
        pages = [*axis.received(), *axis.statuses()]
        packets = [json.loads(record.payload)["packet"] for page in pages for record in page.records]
    assert not [packet["error"] for packet in packets if "error" in packet]
    numbers = {packet.get("code_number") for packet in packets}
    assert {"12234555512", "74fass22"} <= numbers


class SentList:
    """`getSentEdocList` of an axis that shows a part at once, and may count in its answer."""

    def __init__(self, httpserver: HTTPServer, rows: int, shown: int, **told: object) -> None:
        self.rows = [{"senderDocId": f"s{number}", "toCode": "G22"} for number in range(rows)]
        self.shown, self.told, self.asked = shown, told, 0
        self.first_index, self.heeds_paging = 1, True
        httpserver.expect_request("/getSentEdocList").respond_with_handler(self.list)

    def list(self, request: Request) -> Response:
        self.asked += 1
        rows = self.rows[: self.shown]
        if self.heeds_paging and "XroadVnpt-pageSize" in request.headers:
            size = int(request.headers["XroadVnpt-pageSize"])
            start = (int(request.headers["XroadVnpt-pageIndex"]) - self.first_index) * size
            rows = self.rows[start : start + size] if start >= 0 else []
        return Response(json.dumps({"status": "OK", "ErrorCode": "0", "data": rows, **self.told}))


@pytest.mark.parametrize(
    ("rows", "shown", "first_index"), [(250, 100, 1), (250, 100, 0), (1700, 1000, 1), (1700, 1000, 0)]
)
def test_a_sent_list_that_is_cut_off_is_read_in_pages(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], rows: int, shown: int, first_index: int
) -> None:
    axis = SentList(httpserver, rows, shown)
    axis.first_index = first_index
    (page,) = Axis(client_of("axis"), "id", "dummy-secret").sent()
    assert {record.key for record in page.records} == {f"s{number}|G22" for number in range(rows)}


@pytest.mark.parametrize("name", ["count", "total"])
def test_a_sent_list_shorter_than_its_own_count_fails(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], name: str
) -> None:
    axis = SentList(httpserver, 250, 100, **{name: "250"})
    axis.heeds_paging = False
    with pytest.raises(SourceChanged, match="getSentEdocList: trục đếm 250 lượt đã gửi nhưng chỉ liệt kê 100"):
        list(Axis(client_of("axis"), "id", "dummy-secret").sent())


@pytest.mark.parametrize("rows", [0, 7, 113])
def test_a_sent_list_that_was_not_cut_off_is_one_request(
    httpserver: HTTPServer, client_of: Callable[..., HttpClient], rows: int
) -> None:
    axis = SentList(httpserver, rows, 10_000)
    (page,) = Axis(client_of("axis"), "id", "dummy-secret").sent()
    assert (len(page.records), axis.asked) == (rows, 1)


def test_a_doc_id_that_names_a_person_is_kept_as_a_hash(queue: Queue, client_of: Callable[..., HttpClient]) -> None:
    queue.listed, queue.packets = ["p1", "nguyen_thi_kin", "075099001234"], {"p1": STATUS}
    key = Pseudonymiser(b"a key of the tests")
    own = Axis(client_of("axis", path="/lgsp/vxp"), "vxp.own", "secret", acknowledge=True, pseudonymiser=key)
    records = [record for page in own.statuses() for record in page.records]
    assert [record.key.partition(":")[0] for record in records] == ["p1", "withheld", "withheld"]
    assert own.listed["status"] == {record.key for record in records}
    assert not [secret for secret in ("thi_kin", "075099001234") if secret in str((records, own.listed))]
    own.acknowledge(own.listed["status"])
    assert [one for one in queue.operations if one.startswith("ack")] == ["ack p1"]
    assert next(own.statuses(own.listed["status"])).records == []
