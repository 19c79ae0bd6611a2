"""The axis façade over real sockets: signatures, queues, packets and what it accepts."""

import base64
import hashlib
import hmac
import json
import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from lxml import etree

from connectors.simulator.axis import OTHER_SECRET, OTHER_SYSTEM_ID, SECRET, SYSTEM_ID
from connectors.simulator.document_facts import at_minute
from connectors.simulator.queues import message_type
from connectors.simulator.server import Simulator
from connectors.simulator.signing import digests
from connectors.simulator.states import evening
from connectors.simulator.world import World


WORLD = World(dossiers=50, documents=3_000, procedures=20, is_drained=False)
NAMESPACE = "http://www.mic.gov.vn/TBT/QCVN_102_2016"


class Office:
    """A client that signs as the vendor's does."""

    def __init__(self, simulator: Simulator, system: str = SYSTEM_ID, secret: str = SECRET) -> None:
        self.simulator, self.system, self.secret = simulator, system, secret
        self.session = requests.Session()

    def headers(self, parameters: dict[str, str]) -> dict[str, str]:
        named = {"systemid": self.system, **parameters, "timestamp": "23112026T091925+0955"}
        named["Content-Type"] = "application/json"
        headers = {f"XroadVnpt-{name}": value for name, value in named.items()}
        text = json.dumps(headers, separators=(",", ":"))
        digest = hmac.new(self.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
        return headers | {
            "XroadVnpt-sign-header-key": ";".join(named),
            "XroadVnpt-sign-header": text,
            "XroadVnpt-hash-header": digest,
        }

    def raw(self, operation: str, body: bytes = b"", **parameters: str) -> requests.Response:
        method = "GET" if operation == "downloadEdoc" else "POST"
        headers = self.headers({name.replace("_", "-"): v for name, v in parameters.items()})
        url = f"{self.simulator.environment['AXIS_URL']}/{operation}"
        return self.session.request(method, url, data=body, headers=headers, timeout=10)

    def ask(self, operation: str, body: bytes = b"", **parameters: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.raw(operation, body, **parameters).json()
        return answer

    def waiting(self, kind: str = "edoc") -> list[dict[str, str]]:
        return self.ask("getReceivedEdocList", servicetype="eDoc", messagetype=kind)["data"]

    def packet(self, identifier: str) -> bytes:
        return base64.b64decode(self.ask("getEdoc", docId=identifier)["data"])


@pytest.fixture(scope="module")
def simulator():
    with Simulator(WORLD) as running:
        yield running


@pytest.fixture(scope="module")
def office(simulator: Simulator) -> Office:
    return Office(simulator)


@pytest.fixture(scope="module")
def packets(office: Office) -> list[bytes]:
    return [office.packet(row["docId"]) for row in office.waiting()]


def test_the_default_world_exchanges_fifteen_thousand_documents() -> None:
    with Simulator(World(dossiers=10, is_drained=False)) as simulator:
        office = Office(simulator)
        received, sent = office.waiting(), office.ask("getSentEdocList", messagetype="edoc")["data"]
        documents = {row["senderDocId"] for row in sent if row["senderDocId"]}
        assert len(received) + len(documents) >= 14_900
        assert len(office.waiting("status")) >= 4_000
        assert office.ask("countReceiveEdoc")["count"] == len(received)


def test_a_wrong_signature_gets_a_polite_failure(simulator: Simulator) -> None:
    stranger = Office(simulator, secret="guessed")
    answer = stranger.raw("getReceivedEdocList", messagetype="edoc")
    assert answer.status_code == 200
    assert answer.json()["status"] == "FAIL"
    assert answer.json()["ErrorCode"] != "0"
    simulator.axis.refusal_status = 500
    assert stranger.raw("getReceivedEdocList", messagetype="edoc").status_code == 500
    simulator.axis.refusal_status = 200


@pytest.mark.parametrize(
    "changed",
    [
        {"XroadVnpt-messagetype": "status"},
        {"XroadVnpt-sign-header-key": "systemid"},
        {"XroadVnpt-systemid": "somebody"},
        {"XroadVnpt-hash-header": "0" * 64},
    ],
)
def test_a_request_altered_on_the_way_is_refused(office: Office, changed: dict[str, str]) -> None:
    headers = office.headers({"messagetype": "edoc"}) | changed
    url = f"{office.simulator.environment['AXIS_URL']}/getReceivedEdocList"
    assert requests.post(url, headers=headers, timeout=5).json()["status"] == "FAIL"


def test_any_prefix_before_the_operation_will_do(office: Office) -> None:
    url = f"{office.simulator.url}/lgsp/vxp/1.0/getAgenciesListQD20"
    answer = requests.post(url, headers=office.headers({"level": "1"}), timeout=5).json()
    assert {"id", "code", "name", "mail", "code102"} == set(answer["data"][0])
    assert answer["data"][0]["code102"] == "000.00.00.H19"


def test_the_queue_is_oldest_first_and_names_every_packet_once(office: Office) -> None:
    for kind in ("edoc", "status"):
        rows = office.waiting(kind)
        assert [row["created_time"] for row in rows] == sorted(row["created_time"] for row in rows)
        assert len({row["docId"] for row in rows}) == len(rows)
        assert {row["messageType"] for row in rows} == {kind}


def test_an_earlier_day_shows_the_beginning_of_the_same_queue(office: Office) -> None:
    later = [row["docId"] for row in office.waiting()]
    with Simulator(replace(WORLD, today=date(2025, 5, 31))) as earlier:
        sooner = [row["docId"] for row in Office(earlier).waiting()]
        assert Office(earlier).ask("getEdoc", docId=later[-1])["status"] == "FAIL"
    assert later[: len(sooner)] == sooner
    assert 0 < len(sooner) < len(later)


def test_every_kind_of_packet_and_every_defect_is_met(packets: list[bytes]) -> None:
    kinds = Counter(re.findall(rb"BussinessDocType>(\d)<", b"".join(packets)))
    assert set(kinds) == {b"0", b"1", b"2", b"3"}
    everything = b"".join(packets)
    for defect in (
        rb"xlink:href",
        rb"<edXML:AttachmentEncoded",
        rb"2025/02/30",
        rb"vxp\.saas\.03",
        rb"OrganId>null<",
        rb"\$\{__StringFromFile",
        rb"\r\n\t",
        rb"1212<\?xml",
        rb"SphereOfPromulgation>M\xe1\xba\xadt",
    ):
        assert re.search(defect, everything), defect


def test_attachments_are_plain_or_zipped_and_their_type_may_lie(packets: list[bytes]) -> None:
    seen = set()
    for packet in packets:
        for kind, content in re.findall(
            rb"<ContentType>([^<]*)</ContentType><ContentTransferEncoded>([^<$]{8})", packet
        ):
            seen.add((kind.decode()[-7:], base64.b64decode(content)[:2]))
    assert {("ion/pdf", b"%P"), ("ion/pdf", b"PK"), ("ion/zip", b"PK")} <= seen
    assert max(map(len, packets)) > 5_000_000


def test_status_packets_carry_every_code(office: Office) -> None:
    found: Counter[str] = Counter()
    for row in office.waiting("status"):
        packet = office.packet(row["docId"])
        etree.fromstring(packet)
        found.update(re.findall(r"StatusCode>(\d+)<", packet.decode()))
    assert {"01", "02", "03", "04", "05", "06", "13", "15", "16"} <= set(found)
    assert "1" in found


def test_lists_of_what_was_sent_have_one_row_per_recipient(office: Office) -> None:
    rows = office.ask("getSentEdocList", servicetype="eDoc", messagetype="edoc")["data"]
    keys = Counter((row["senderDocId"] or row["receiverDocId"], row["toCode"]) for row in rows)
    assert max(keys.values()) == 1
    assert {row["receiveStatus"] for row in rows} == {"done", "initial"}
    assert any(not row["senderDocId"] for row in rows)
    statuses = office.ask("getSentEdocList", servicetype="eDoc", messagetype="status")["data"]
    assert {row["messageType"] for row in statuses} == {"status"}


def test_a_packet_can_be_downloaded_as_it_is(office: Office) -> None:
    identifier = office.waiting()[0]["docId"]
    assert office.raw("downloadEdoc", docId=identifier).content == office.packet(identifier)


def test_only_an_acknowledged_packet_leaves_the_queue(simulator: Simulator) -> None:
    office = Office(simulator)
    first = office.waiting()[0]["docId"]
    assert office.ask("updateStatus", docid=first, status="processing")["status"] == "OK"
    assert office.waiting()[0]["status"] == "processing"
    assert office.ask("updateStatus", docid=first, status="done")["ErrorCode"] == "0"
    assert first not in {row["docId"] for row in office.waiting()}
    assert office.ask("updateStatus", docid="ffff", status="done")["status"] == "FAIL"
    assert office.ask("updateStatus", docid=first, status="eaten")["status"] == "FAIL"
    assert office.ask("registerAgency", b'{"code":"H19.99"}')["status"] == "FAIL"


def edxml(document_id: str, recipients: list[str]) -> bytes:
    to = "".join(
        f"<m:To><m:OrganId>{code}</m:OrganId><m:OrganName>Nơi nhận</m:OrganName></m:To>" for code in recipients
    )
    return (
        f'<edXML xmlns="{NAMESPACE}"><m:edXMLEnvelope xmlns:m="{NAMESPACE}"><m:edXMLHeader>'
        "<m:MessageHeader><m:From><m:OrganId>000.00.00.H19</m:OrganId>"
        f"<m:OrganName>UBND tỉnh</m:OrganName></m:From>{to}"
        f"<m:DocumentId>{document_id}</m:DocumentId><m:Code><m:CodeNumber>7</m:CodeNumber></m:Code>"
        "<m:PromulgationInfo><m:PromulgationDate>2025/10/20</m:PromulgationDate></m:PromulgationInfo>"
        "<m:DocumentType><m:TypeName>Công văn</m:TypeName></m:DocumentType><m:Subject>Về việc</m:Subject>"
        "<m:Content>Về việc</m:Content></m:MessageHeader><m:TraceHeaderList><m:TraceHeader>"
        "<m:OrganId>000.00.00.H19</m:OrganId></m:TraceHeader></m:TraceHeaderList></m:edXMLHeader>"
        "</m:edXMLEnvelope></edXML>"
    ).encode()


def send(office: Office, packet: bytes, digest: str | None = None) -> dict[str, Any]:
    unpadded = min(digests(packet), key=len)
    return office.ask("sendEdoc", packet + b"\r\n", messagetype="edoc", hash_file=digest or unpadded)


def test_a_sent_packet_reaches_every_recipient_with_the_hop_of_the_axis(
    simulator: Simulator,
) -> None:
    office, others = Office(simulator), Office(simulator, OTHER_SYSTEM_ID, OTHER_SECRET)
    packet = edxml("000.00.00.H19,2025/10/20,7/UBND", ["000.00.00.G22", "H29", "H19.02"])
    answer = send(office, packet)
    assert len(answer["DocId"]) == 24
    waiting = others.waiting()
    assert [row["to"] for row in waiting] == ["000.00.00.G22", "H29"]
    assert others.packet(waiting[0]["docId"]).count(b"TraceHeader>") == 4
    assert office.waiting()[-1]["to"] == "H19.02"
    assert send(office, packet)["ErrorDesc"] == "Document is exist"


@pytest.mark.parametrize(
    ("recipients", "message"),
    [([], "To Organization required"), (["H29", "H29"], "To OrganId is duplicate.")],
)
def test_packets_that_break_the_rules_are_returned(office: Office, recipients: list[str], message: str) -> None:
    assert send(office, edxml("x,2025/10/20,8/UBND", recipients))["ErrorDesc"] == message


def test_the_hash_may_be_padded_or_not_but_must_fit(office: Office) -> None:
    packet = edxml("x,2025/10/20,9/UBND", ["H29"])
    assert send(office, packet, digest="12ab")["status"] == "FAIL"
    assert send(office, packet, digest=hashlib.sha256(packet).hexdigest())["status"] == "OK"


def test_a_sender_that_belongs_to_another_system_is_returned(simulator: Simulator) -> None:
    others = Office(simulator, OTHER_SYSTEM_ID, OTHER_SECRET)
    refused = send(others, edxml("x,2025/10/20,10/UBND", ["H29"]))["ErrorDesc"]
    assert refused == f"Don vi gui 000.00.00.H19 khong dung voi ma da dang ky: {OTHER_SYSTEM_ID}"


def test_a_client_that_keeps_the_id_it_acknowledged_is_still_given_what_it_asks_for(simulator: Simulator) -> None:
    """Java's client sends both names; requests would fold them into one."""
    office = Office(simulator)
    acknowledged, wanted = (row["docId"] for row in office.waiting()[:2])
    connection = HTTPConnection("127.0.0.1", urlsplit(simulator.url).port, timeout=5)
    headers = office.headers({"docid": acknowledged, "docId": wanted})
    connection.request("POST", "/axis/getEdoc", b"{}", headers)
    answer = json.loads(connection.getresponse().read())
    assert base64.b64decode(answer["data"]) == office.packet(wanted) != office.packet(acknowledged)


def test_the_order_of_signed_parameters_is_the_clients_own(office: Office) -> None:
    """The vendor's client keeps them in a map of hashes, so that the status stands before the packet's id."""
    identifier = office.waiting()[0]["docId"]
    answers = [
        office.ask("updateStatus", b"{}", **parameters)
        for parameters in (
            {"status": "processing", "docid": identifier},
            {"description": "dang doc", "docid": identifier, "status": "processing"},
        )
    ]
    assert {(answer["status"], answer["ErrorCode"]) for answer in answers} == {("OK", "0")}
    assert office.waiting()[0]["docId"] == identifier


def test_the_offices_own_client_empties_the_queue_every_fifteen_minutes() -> None:
    world = replace(WORLD, is_drained=True)
    with Simulator(world) as simulator, Simulator(replace(world, is_drained=False)) as calm:
        every, left = Office(calm).waiting(), Office(simulator).waiting()
        assert left == [row for row in every if row["created_time"] > "2025-12-31 17:52:00"]
        noon = simulator.axis.queues.moment = evening(date(2025, 10, 20)) - 6 * 60
        calm.axis.queues.moment = noon
        for minute in range(40):
            simulator.axis.queues.moment = calm.axis.queues.moment = noon + minute
            mark = at_minute(simulator.axis.queues.drained_at)
            assert mark.minute % 15 == 7
            kept = [row for row in Office(calm).waiting("status") if row["created_time"] > str(mark)]
            assert Office(simulator).waiting("status") == kept


def test_packets_of_a_folder_stand_in_the_queue(tmp_path: Path) -> None:
    (tmp_path / "a.edxml").write_bytes(edxml("x,2025/10/20,1/UBND", ["H19"]))
    with Simulator(replace(WORLD, documents=0), packets=tmp_path) as simulator:
        (row,) = Office(simulator).waiting()
        assert row["from"] == "000.00.00.H19"


SAMPLES = Path(os.environ.get("REAL_SAMPLES_DIR", "../shared/samples")) / "axis"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the vendor's samples are not on this machine")
def test_the_vendors_samples_pass_through_unchanged() -> None:
    with Simulator(replace(WORLD, documents=0), packets=SAMPLES) as simulator:
        office = Office(simulator)
        rows = [*office.waiting("edoc"), *office.waiting("status")]
        given = {path.read_bytes() for path in SAMPLES.glob("*.edxml")}
        assert {office.packet(row["docId"]) for row in rows} == given
        assert {message_type(one) for one in given} == {"edoc", "status"}
        assert len(office.waiting("edoc")) == 5


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the vendor's samples are not on this machine")
@pytest.mark.parametrize(
    "name", ["edoc.edxml", "edoc_new.edxml", "status.edxml", "status_inbox_01.edxml", "status_rejection_02.edxml"]
)
def test_the_vendors_own_packets_are_taken(name: str) -> None:
    with Simulator(replace(WORLD, documents=0)) as simulator:
        packet = (SAMPLES / name).read_bytes()
        kind = message_type(packet)
        others = Office(simulator, OTHER_SYSTEM_ID, OTHER_SECRET)
        answer = others.ask("sendEdoc", packet + b"\r\n", messagetype=kind, hash_file=max(digests(packet), key=len))
        assert len(answer.get("DocId", "")) == 24, answer


def test_delivery_is_at_least_once_where_the_plan_says_so() -> None:
    with Simulator(replace(WORLD, documents=90), "duplicate_delivery") as simulator:
        office = Office(simulator)
        rows = office.waiting()
        assert len(rows) > len({row["docId"] for row in rows}) == 30
        for row in rows[:10]:
            office.ask("updateStatus", docid=row["docId"], status="done")
        # Two acknowledgements were answered and forgotten.
        left = {row["docId"] for row in office.waiting()}
        assert len(left & {row["docId"] for row in rows[:10]}) == 2


def test_a_packet_cut_on_the_way_does_not_decode_and_comes_whole_the_next_time() -> None:
    with Simulator(replace(WORLD, documents=90), "truncated_base64") as simulator:
        office = Office(simulator)
        rows = office.waiting()
        cut = 0
        for row in rows:
            text = office.ask("getEdoc", docId=row["docId"])["data"]
            if len(text) % 4:
                cut += 1
                assert office.packet(row["docId"]).endswith(b"</edXML>")
        assert cut == len(simulator.faults.history) == 3
