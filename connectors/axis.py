"""The document-exchange axis (VXP, protocols A.1–A.4): signed headers, lists without a cursor, packets. Observe, never acknowledge."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Callable, Container, Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from connectors.edxml import PacketError, SecretDocument, parse
from connectors.errors import SourceChanged, SourceRefused
from connectors.http import HttpClient
from connectors.records import Page, Record


LOCAL_TIME = timezone(timedelta(hours=7))
PACKETS_PER_PAGE = 200
LISTING_FIELDS = ("docId", "messageType", "created_time", "updated_time", "from", "to", "status")
SENT_FIELDS = (
    "senderDocId",
    "fromCode",
    "toCode",
    "receiverDocId",
    "notation",
    "serviceType",
    "messageType",
    "sentTime",
    "sendStatus",
    "receivedTime",
    "receiveStatus",
)


def signed_headers(parameters: dict[str, str], secret: str) -> dict[str, str]:
    """The request envelope of A.1.2: every parameter prefixed, the JSON of all of them, its HMAC-SHA256 in lower-case hex."""
    prefixed = {f"XroadVnpt-{name}": text for name, text in parameters.items()}
    signed = json.dumps(prefixed, ensure_ascii=False, separators=(",", ":"))
    return prefixed | {
        "Content-Type": parameters["Content-Type"],
        "XroadVnpt-sign-header-key": ";".join(parameters),
        "XroadVnpt-sign-header": signed,
        "XroadVnpt-hash-header": hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest(),
        "XroadVnpt-version": "3.0.201608",
        "User-Agent": "JAVASDKAgent/1.0.0 XRoad/VPCP",
    }


def timestamp(moment: datetime) -> str:
    """`ddMMyyyyTHHmmss+` and the milliseconds in four digits: it is not a time zone."""
    return f"{moment.astimezone(LOCAL_TIME):%d%m%YT%H%M%S}+{moment.microsecond // 1000:04d}"


class Axis:
    """One office's view of the axis.

    The received list is a work queue: what is acknowledged leaves it, and with it the office's own document system.
    So nothing is acknowledged unless the office gave this pipeline a system id of its own and says so.
    """

    def __init__(
        self,
        http: HttpClient,
        system_id: str,
        secret: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        acknowledge: bool = False,
        progress: Callable[[str, Page], None] = lambda resource, page: None,
    ) -> None:
        self.http = http
        self._system_id = system_id
        self._secret = secret
        self._clock = clock
        self._acknowledge = acknowledge
        self._progress = progress

    def received(self, known: Container[str] = ()) -> Iterator[Page]:
        """Documents that wait for this office and are not in `known`, with the facts of their packets."""
        yield from self._packets("received_documents", "edoc", known)

    def statuses(self, known: Container[str] = ()) -> Iterator[Page]:
        """Status packets that wait for this office and are not in `known`."""
        yield from self._packets("received_statuses", "status", known)

    def sent(self) -> Iterator[Page]:
        """One row per sent document and recipient."""
        yield from self._sent("sent_documents", "edoc")

    def sent_statuses(self) -> Iterator[Page]:
        yield from self._sent("sent_statuses", "status")

    def agencies(self, level: str = "1") -> Iterator[Page]:
        """The agencies of the axis with their codes of QĐ 20 and the older ones; long, so ask at most daily."""
        rows = self._rows("getAgenciesListQD20", {"level": level})
        fields = ("id", "code", "name", "code102")
        records = [record(str(row.get("id") or row.get("code")), {name: row.get(name) for name in fields}) for row in rows]
        yield self._page("agencies", records, 1, 1, len(records))

    def counts(self) -> dict[str, int]:
        """How many documents and status packets wait, by the axis's own count."""
        operations = {"edoc": "countReceiveEdoc", "status": "countReceiveStatus"}
        return {
            kind: int(self._call(operation, {"servicetype": "eDoc"}, b"{}").get("count", 0))
            for kind, operation in operations.items()
        }

    # -- packets

    def _packets(self, resource: str, message_type: str, known: Container[str]) -> Iterator[Page]:
        rows = self._list("getReceivedEdocList", message_type)
        wanted: dict[str, dict[str, Any]] = {}
        for row in rows:
            doc_id = str(row.get("docId") or "")
            if not doc_id:
                raise SourceChanged("axis", "getReceivedEdocList: có dòng không mang docId")
            # At-least-once: the same packet may be listed twice.
            if doc_id not in known:
                wanted.setdefault(doc_id, row)
        doc_ids = list(wanted)
        pages = -(-len(doc_ids) // PACKETS_PER_PAGE) or 1
        for number in range(pages):
            part = doc_ids[number * PACKETS_PER_PAGE : (number + 1) * PACKETS_PER_PAGE]
            kept = [self._packet(doc_id, wanted[doc_id]) for doc_id in part]
            records = [found for found in kept if found is not None]
            yield self._page(resource, records, number + 1, pages, len(doc_ids), len(kept) - len(records))
            if self._acknowledge:
                for doc_id in part:
                    self._call("updateStatus", {"docid": doc_id, "status": "done"}, b"{}")

    def _packet(self, doc_id: str, row: dict[str, Any]) -> Record | None:
        """The record of one packet; None for a secret document. A packet that cannot be read is kept with its reason."""
        listing = {name: row[name] for name in LISTING_FIELDS if row.get(name) is not None}
        try:
            facts = parse(self._content(doc_id))
        except SecretDocument:
            return None
        except PacketError as error:
            facts = {"error": str(error)}
        return record(doc_id, {"listing": listing, "packet": facts})

    def _content(self, doc_id: str) -> bytes:
        data = self._call("getEdoc", {"docId": doc_id}, b"{}").get("data")
        try:
            return base64.b64decode("".join(str(data or "").split()), validate=True)
        except (binascii.Error, ValueError):
            raise PacketError("nội dung gói tin không phải base64 trọn vẹn") from None

    def _sent(self, resource: str, message_type: str) -> Iterator[Page]:
        rows = self._list("getSentEdocList", message_type)
        records = [
            record(
                f"{row.get('senderDocId') or row.get('receiverDocId')}|{row.get('toCode')}",
                {name: row[name] for name in SENT_FIELDS if row.get(name) is not None},
            )
            for row in rows
        ]
        yield self._page(resource, records, 1, 1, len(records))

    # -- the wire

    def _list(self, operation: str, message_type: str) -> list[dict[str, Any]]:
        return self._rows(operation, {"servicetype": "eDoc", "messagetype": message_type})

    def _rows(self, operation: str, parameters: dict[str, str]) -> list[dict[str, Any]]:
        rows = self._call(operation, parameters, b"").get("data")
        if rows is None:
            return []
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise SourceChanged("axis", f"{operation}: data không phải là danh sách")
        return rows

    def _call(self, operation: str, parameters: dict[str, str], body: bytes) -> dict[str, Any]:
        """One operation: a stamp of its own, all parameters in headers. Raises SourceRefused on FAIL."""
        logical = {
            "systemid": self._system_id,
            **parameters,
            "timestamp": timestamp(self._clock()),
            "Content-Type": "application/json",
        }
        answer = self.http.json("POST", operation, data=body, headers=signed_headers(logical, self._secret))
        if not isinstance(answer, dict) or not {"status", "ErrorCode"} & answer.keys():
            raise SourceChanged("axis", f"{operation}: câu trả lời không có status và ErrorCode")
        code = str(answer.get("ErrorCode", "0"))
        if str(answer.get("status", "OK")).upper() != "OK" or code != "0":
            raise SourceRefused("axis", f"{operation}: trục báo lỗi {code}")
        return answer

    def _page(
        self, resource: str, records: list[Record], number: int, pages: int, total: int, refused: int = 0
    ) -> Page:
        page = Page(records, number, pages, total, sum(len(kept.payload) for kept in records), refused)
        self._progress(resource, page)
        return page


def record(key: str, payload: dict[str, Any]) -> Record:
    return Record(key, json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode(), None)
