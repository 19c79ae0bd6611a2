"""The document-exchange axis (VXP, protocols A.1–A.4): lists without a cursor, packets. Observe, never acknowledge."""

import base64
import binascii
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from typing import Any

from connectors import axis_queue
from connectors.axis_queue import COUNTED_BY, count, waiting
from connectors.axis_shapes import AGENCY, RECEIVED, SENT
from connectors.border import WITHHELD, Border
from connectors.edxml import PacketError, SecretDocument, parse
from connectors.errors import SourceRefused
from connectors.http import HttpClient
from connectors.records import Page, Pseudonymiser, Record, key_of, page_of, record
from connectors.side_by_side import at_once
from connectors.vxp import Endpoint


PACKETS_PER_PAGE = 200
# So many packets refused in a row are no longer the packets' fault.
REFUSED_IN_A_ROW = 5
# A packet cut short on its way is whole the next time.
READS_OF_A_PACKET = 3


class Axis:
    """One office's view of the axis.

    The received list is a work queue: what is acknowledged leaves it, and with it the office's own document system.
    So nothing is acknowledged unless the office gave this pipeline a system id of its own and says so.
    `listed`: for each kind of packet, the docIds of the newest list, as they pass the border.
    """

    def __init__(
        self,
        http: HttpClient,
        system_id: str,
        secret: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        acknowledge: bool = False,
        pseudonymiser: Pseudonymiser | None = None,
    ) -> None:
        self.http = http
        self._endpoint = Endpoint(http, system_id, secret, clock)
        self.acknowledges = acknowledge
        self.listed: dict[str, set[str]] = {}
        self._border = Border(pseudonymiser)
        self._refused_in_a_row = 0

    def received(self, known: Container[str] = ()) -> Iterator[Page]:
        """Documents that wait for this office and are not in `known`, with the facts of their packets.

        The list is read before the first page, also where nothing new is in it.
        """
        yield from self._packets("edoc", known)

    def statuses(self, known: Container[str] = ()) -> Iterator[Page]:
        """Status packets that wait for this office and are not in `known`."""
        yield from self._packets("status", known)

    def sent(self) -> Iterator[Page]:
        """One row per sent document and recipient."""
        yield self._sent("edoc")

    def sent_statuses(self) -> Iterator[Page]:
        yield self._sent("status")

    def agencies(self, level: str = "1") -> Iterator[Page]:
        """The agencies of the axis with their codes of QĐ 20 and the older ones; long, so ask at most daily."""
        rows = self._endpoint.rows("getAgenciesListQD20", {"level": level})
        records = [self._border.record(row, AGENCY, "id", "code") for row in rows]
        yield page_of(records, total=len(records))

    def counts(self) -> dict[str, int]:
        """How many documents and status packets wait, by the axis's own count."""
        return {kind: count(self._endpoint, kind) for kind in COUNTED_BY}

    def acknowledge(self, doc_ids: Iterable[str]) -> None:
        """Takes packets that are safely kept off the queue, where the office has said that this may be done (A.3)."""
        # A docId that is none did not pass the border, and is not known any more.
        for doc_id in (one for one in doc_ids if self.acknowledges and not one.startswith(WITHHELD)):
            self._endpoint.call("updateStatus", {"docid": doc_id, "status": "done"}, b"{}")

    # -- lists

    def _sent(self, message_type: str) -> Page:
        rows = axis_queue.sent(self._endpoint, message_type, sending_key)
        records = [self._sending(row) for row in rows.values()]
        return page_of(records, total=len(records))

    def _sending(self, row: dict[str, Any]) -> Record:
        kept = self._border.record(row, SENT, "senderDocId", "receiverDocId")
        return kept._replace(key=f"{kept.key}|{self._border.code(row.get('toCode') or '')}")

    # -- packets

    def _packets(self, message_type: str, known: Container[str]) -> Iterator[Page]:
        listed = waiting(self._endpoint, message_type)
        self.listed[message_type] = {self._border.code(doc_id) for doc_id in listed}
        wanted = {doc_id: row for doc_id, row in listed.items() if self._border.code(doc_id) not in known}
        doc_ids = list(wanted)
        pages = -(-len(doc_ids) // PACKETS_PER_PAGE) or 1
        for number in range(pages):
            part = doc_ids[number * PACKETS_PER_PAGE : (number + 1) * PACKETS_PER_PAGE]
            kept = at_once(self.http.connections, [partial(self._packet, doc_id, wanted[doc_id]) for doc_id in part])
            records = [found for found in kept if found is not None]
            refused = len(kept) - len(records)
            yield page_of(records, number + 1, pages, len(doc_ids), refused)

    def _packet(self, doc_id: str, row: dict[str, Any]) -> Record | None:
        """The record of one packet; None for a secret document. One that cannot be read is kept with its reason."""
        try:
            facts = parse(self._content(doc_id))
        except SecretDocument:
            return None
        except PacketError as error:
            facts = {"error": str(error)}
        return record(self._border.code(doc_id), self._border.passed({"listing": row, "packet": facts}, RECEIVED))

    def _content(self, doc_id: str) -> bytes:
        """The packet, asked for again while it comes broken. Raises PacketError when that does not help."""
        for _ in range(READS_OF_A_PACKET):
            try:
                data = self._endpoint.call("getEdoc", {"docId": doc_id}, b"{}").get("data")
            except SourceRefused as error:
                self._refused_in_a_row += 1
                if error.status in (401, 403) or self._refused_in_a_row >= REFUSED_IN_A_ROW:
                    raise
                raise PacketError(error.what) from None
            self._refused_in_a_row = 0
            with suppress(binascii.Error, ValueError):
                return base64.b64decode("".join(str(data or "").split()), validate=True)
        raise PacketError("nội dung gói tin không phải base64 trọn vẹn")


def sending_key(row: dict[str, Any]) -> str:
    return f"{key_of(row, 'senderDocId', 'receiverDocId')}|{row.get('toCode') or ''}"
