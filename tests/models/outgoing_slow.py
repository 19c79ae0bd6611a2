"""Deliveries, whole documents, T1 and internal documents in plain Python, over `DocumentSources` (domain §4.3)."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from tests.models.documents_slow import Judging, Row, best_unit, document, organ
from tests.models.incoming_slow import Incoming, shares


STAGES = {"01": 1, "02": 0, "03": 3, "04": 4, "05": 5, "06": 6}
NEEDS_REFERENCE = {"L02"}


def is_open(told: list[str], reach: float, is_delivered: bool) -> bool:
    """Whether an answer that nobody saw may tell otherwise: acceptance and refusal are final."""
    is_final = bool({"02", "03", "04", "05", "06"} & set(told))
    return not is_final and (reach < 0.5 or (reach < 1 and not is_delivered))


@dataclass
class Pair:
    """One document and one recipient."""

    rows: list[Row] = field(default_factory=list)
    sendings: list[Row] = field(default_factory=list)


class Outgoing(Judging):
    """The Office's own documents."""

    def issued(self) -> list[Row]:
        return [
            row
            for row in self.registers["documents"]
            if row["state"] in ("Đã ban hành", "Đã thu hồi") and date.fromisoformat(row["issued_on"]) <= self.closing
        ]

    def accepted(self, row: Row) -> bool:
        return self.listed(row) and not self.refuted(row)

    def listed(self, row: Row) -> bool:
        code = row["exclusion_code"]
        return code in self.rules.exclusions and (code not in NEEDS_REFERENCE or bool(row["exclusion_reference"]))

    def refuted(self, row: Row) -> str:
        """`void` where the axis proves the recipient connected by then, `open` where something speaks against it."""
        code, kind = row["exclusion_code"], row["recipient_kind"]
        if code == "L01" and row["secrecy"] == "Thường":
            return "open"
        if code == "L05":
            return "" if kind == "Cơ quan, tổ chức khác" else "open"
        if code != "L04":
            return ""
        if kind == "Nội bộ Văn phòng":
            return "open"
        recipient = self.resolved(row["recipient_code"], row["recipient_name"])
        days = self.seen_on_axis(recipient) if recipient else []
        if days:
            return "void" if min(days).isoformat() <= row["issued_on"] else "open"
        return "open" if recipient in {organ(one["code"]) for one in self.axis["agencies"]} else ""

    def doubtful(self, row: Row) -> bool:
        """Nothing can be concluded from the row: the reason counts if it is true, and may be false."""
        return self.refuted(row) == "open" and (self.listed(row) or row["exclusion_code"] == "L05")

    def seen_on_axis(self, recipient: str) -> list[date]:
        """The days on which the axis shows that it took or sent something."""
        lists = [
            [(row["toCode"], row["receivedTime"] if row["receiveStatus"] == "done" else "")
             for row in self.axis["sent_documents"]],
            [(row["packet"]["from"]["organ_id"], row["packet"]["timestamp"]) for row in self.axis["received_statuses"]],
            [(row["packet"]["from"]["organ_id"], row["listing"]["created_time"])
             for row in self.axis["received_documents"]],
        ]  # fmt: skip
        return [
            at.date() for part in lists for code, text in part if organ(code) == recipient and (at := self.seen(text))
        ]

    def judge(self) -> None:
        beside = Incoming(self.registers, self.axis, self.closing, self.rules, self.working)
        self.shares = shares(beside.entries(), beside.packets())
        documents: dict[tuple[str, int], list[Row]] = defaultdict(list)
        for row in self.issued():
            documents[document(f"{row['number']}/{row['notation']}"), int(row["issued_on"][:4])].append(row)
        pairs: dict[tuple[tuple[str, int], str], Pair] = defaultdict(Pair)
        for key, rows in documents.items():
            if all(self.audience(row) == "internal" for row in rows):
                self.internal(rows)
            for row in rows:
                if (recipient := self.recipient(row)) is not None:
                    pairs[key, recipient].rows.append(row)
        self.put_sendings(pairs)
        outcomes: dict[tuple[str, int], list[tuple[date, str, str, str | None]]] = defaultdict(list)
        for (key, recipient), pair in pairs.items():
            if pair.rows and not any(self.audience(row) == "agency" for row in pair.rows):
                continue
            judged = self.pair(key, recipient, pair, documents.get(key, []))
            open_recall = {"THU_HOI?": "CHUA_THAY_GOI_TIN", "THU_HOI??": "CHUA_RO_THU_HOI"}
            said = (*judged[:3], open_recall.get(str(judged[3]), judged[3]))
            outcomes[key].append(said)
            self.say("MT2b.PAIR", *said)
            if judged[2] != "excluded":
                self.sent_in_time(pair, judged[0], judged[1], is_open=judged[3] in open_recall)
        for judgements in outcomes.values():
            self.whole(judgements)

    def put_sendings(self, pairs: dict[tuple[tuple[str, int], str], Pair]) -> None:
        """Every sending of the axis with the row of the register it belongs to, or alone."""
        registered = set(pairs)
        for sending in self.axis["sent_documents"]:
            at = self.seen(sending["sentTime"])
            if (
                at is None
                or not (sending["senderDocId"] or sending["receiverDocId"])
                or sending["sendStatus"] == "fail"
            ):
                continue
            key, recipient = (document(sending["notation"]), at.year), organ(sending["toCode"])
            before = (key[0], at.year - 1)
            if at.month == 1 and (key, recipient) not in registered and (before, recipient) in registered:
                december = max(row["issued_on"] for row in pairs[before, recipient].rows)
                key = before if december[5:7] == "12" else key
            pairs[key, recipient].sendings.append(sending)

    def audience(self, row: Row) -> str:
        if row["recipient_kind"] == "Cơ quan, tổ chức khác":
            return "other"
        return "internal" if row["recipient_kind"] == "Nội bộ Văn phòng" else "agency"

    def recipient(self, row: Row) -> str | None:
        if row["recipient_kind"] == "Nội bộ Văn phòng":
            return None
        code = self.resolved(row["recipient_code"], row["recipient_name"])
        return code or (row["recipient_name"].casefold() if self.audience(row) == "agency" else None)

    def answers(self, key: tuple[str, int], recipient: str) -> list[tuple[str, str]]:
        """Moments and status codes that the recipient reported, in their order."""
        told = []
        for row in self.axis["received_statuses"]:
            packet = row["packet"]
            about = packet["response_for"]
            named = document(about["code"]), int(about["promulgation_date"][:4])
            if named == key and organ(packet["from"]["organ_id"]) == recipient and self.seen(packet["timestamp"]):
                told.append((packet["timestamp"], packet["status_code"]))
        return sorted(told)

    def pair(
        self, key: tuple[str, int], recipient: str, pair: Pair, rows: list[Row]
    ) -> tuple[date, str, str, str | None]:
        answers = self.answers(key, recipient)
        told = [code for _, code in answers]
        consent = [code for code in told if code in ("15", "16", "44")]
        given_back = self.given_back(pair, [answer for answer in answers if answer[1] in ("15", "16", "44")])
        delivery = [code for code in told if code in STAGES]
        is_refused = bool(pair.sendings) and delivery[-1:] == ["02"]
        stage = max([STAGES[code] for code in delivery], default=0)
        if any(row["receiveStatus"] == "done" and self.seen(row["receivedTime"]) for row in pair.sendings):
            stage = max(stage, 1)
        reach = self.reach(pair)
        is_delivered: bool | None = bool(pair.sendings) and not is_refused and stage >= STAGES[self.rules.outgoing]
        if is_open(told, reach, is_delivered):
            is_delivered = None
        if not pair.rows:
            return self.unregistered(pair, rows, given_back, is_delivered, is_refused)
        day = min(date.fromisoformat(row["issued_on"]) for row in pair.rows)
        room = best_unit([row["drafting_unit"] for row in pair.rows])
        is_recalled = any(row["state"] == "Đã thu hồi" for row in pair.rows)
        is_recall_open = is_recalled and bool(pair.sendings) and not consent and reach < 1
        if is_recalled and not is_recall_open and not (pair.sendings and consent[-1:] == ["16"]):
            return day, room, "excluded", "THU_HOI"
        if is_recalled:
            recall = "THU_HOI?" if is_recall_open else ""
        else:
            recall = {True: "THU_HOI", None: "THU_HOI??", False: ""}[given_back]
        return day, room, *self.registered(pair, recall, is_delivered, is_refused)

    def unregistered(
        self, pair: Pair, rows: list[Row], given_back: bool | None, is_delivered: bool | None, is_refused: bool
    ) -> tuple[date, str, str, str | None]:
        day = min((date.fromisoformat(row["issued_on"]) for row in rows), default=None)
        day = day or min(datetime.fromisoformat(row["sentTime"]) for row in pair.sendings).date()
        room = best_unit([row["drafting_unit"] for row in rows])
        if given_back is not False:
            return (day, room, "excluded", "THU_HOI") if given_back else (day, room, "undetermined", "THU_HOI??")
        if is_delivered is False and "E4" in self.rules.tests:
            return day, room, "failed", "E4_TU_CHOI" if is_refused else "E4_CHUA_NHAN"
        open_tests = ({"E1", "E3"} | ({"E4"} if is_delivered is None else set())) & set(self.rules.tests)
        return day, room, "undetermined" if open_tests else "met", "CHUA_CO_TRONG_SO" if open_tests else None

    def registered(
        self, pair: Pair, recall: str, is_delivered: bool | None, is_refused: bool
    ) -> tuple[str, str | None]:
        """Outcome and reason; `recall` is the reason where the document is void, or may be (`?`)."""
        left = [row for row in pair.rows if not self.accepted(row)]
        if recall == "THU_HOI":
            return "excluded", recall
        if not left:
            return "excluded", min(row["exclusion_code"] for row in pair.rows)
        firm = [row for row in left if not self.doubtful(row)]
        if recall or not firm:
            return "undetermined", recall or "LOAI_TRU_TRAI_DU_LIEU"
        reasons = self.broken(pair, firm, is_delivered, is_refused)
        failing = [code for test, code in reasons if test in self.rules.tests and code != "?"]
        if failing:
            return "failed", failing[0]
        if len(firm) < len(left):
            return "undetermined", "LOAI_TRU_TRAI_DU_LIEU"
        if any(test in self.rules.tests for test, code in reasons):
            return "undetermined", "CHUA_THAY_GOI_TIN" if pair.sendings else "CHUA_DOC_TRUC"
        return "met", None

    @staticmethod
    def given_back(pair: Pair, consent: list[tuple[str, str]]) -> bool | None:
        """Whether the document is void at the recipient; unknown where it was sent twice before one answer to both."""
        if not pair.sendings or not consent or consent[-1][1] == "16":
            return False
        if max(row["sentTime"] for row in pair.sendings) > consent[-1][0]:
            return False
        ids = {row["senderDocId"] or row["receiverDocId"] for row in pair.sendings}
        return True if len(ids) == 1 or consent[-1][1] == "44" else None

    def reach(self, pair: Pair) -> float:
        """The smaller share of packets seen, of the months in which the recipient may have answered."""
        if not pair.sendings:
            return 1
        at = min(datetime.fromisoformat(row["sentTime"]) for row in pair.sendings)
        months = {f"{at:%Y-%m}", f"{at + timedelta(days=15):%Y-%m}"}
        return min(self.shares.get(month, 1) for month in months)

    def broken(self, pair: Pair, left: list[Row], is_delivered: bool | None, is_refused: bool) -> list[tuple[str, str]]:
        """(test, reason) of every test that a registered delivery does not pass; `?` where it cannot be told."""
        claims = any(row["sending"].startswith("Trục liên thông") for row in pair.rows)
        is_unread = not self.any_sending() and claims
        found = []
        if not pair.sendings:
            found.append(("E2", "?" if is_unread else "E2_KHONG_QUA_TRUC"))
        found += self.unsigned(left)
        if any("giấy" in row["sending"].casefold() for row in left):
            found.append(("E3", "E3_GIAY_SONG_SONG"))
        if not is_delivered:
            unproven = "E4_TU_CHOI" if is_refused else "E4_CHUA_NHAN"
            is_open = is_delivered is None or (not pair.sendings and is_unread)
            found.append(("E4", "?" if is_open else unproven))
        return found

    def any_sending(self) -> bool:
        return bool(self.axis["sent_documents"])

    @staticmethod
    def unsigned(rows: list[Row]) -> list[tuple[str, str]]:
        if all(row["signing"] == "Ký số cá nhân và cơ quan" for row in rows):
            return []
        is_ink = any(row["signing"] == "Ký giấy" for row in rows)
        return [("E1", "E1_CHUA_KY_SO" if is_ink else "E1_BAN_SAO_SO_HOA")]

    def sent_in_time(self, pair: Pair, day: date, room: str, *, is_open: bool) -> None:
        if not pair.rows:
            return self.say("MT2b.T1", day, room, "undetermined", "CHUA_CO_TRONG_SO")
        if is_open:
            return self.say("MT2b.T1", day, room, "undetermined", "CHUA_THAY_GOI_TIN")
        signed = min(date.fromisoformat(row["signed_on"] or row["issued_on"]) for row in pair.rows)
        times = [at for row in pair.sendings if (at := self.seen(row["sentTime"]))]
        times = times or [at for row in pair.rows if (at := self.seen(row["sent_at"]))]
        done = min(times).date() if times else None
        self.in_time("T1", day, room, self.next_working_day(signed), done)
        return None

    def whole(self, pairs: list[tuple[date, str, str, str | None]]) -> None:
        day = min(one[0] for one in pairs)
        room = min((one[1] for one in pairs if one[1] != "?"), default="?")
        for outcome in ("failed", "undetermined", "met", "excluded"):
            reasons = [str(one[3]) for one in pairs if one[2] == outcome]
            if reasons:
                return self.say("MT2b.DOC", day, room, outcome, None if outcome == "met" else min(reasons))
        return None

    def internal(self, rows: list[Row]) -> None:
        day = min(date.fromisoformat(row["issued_on"]) for row in rows)
        room = best_unit([row["drafting_unit"] for row in rows])
        left = [row for row in rows if not self.accepted(row)]
        if any(row["state"] == "Đã thu hồi" for row in rows):
            return self.say("MT2a.DOC", day, room, "excluded", "THU_HOI")
        if not left:
            return self.say("MT2a.DOC", day, room, "excluded", min(row["exclusion_code"] for row in rows))
        firm = [row for row in left if not self.doubtful(row)]
        if not firm:
            return self.say("MT2a.DOC", day, room, "undetermined", "LOAI_TRU_TRAI_DU_LIEU")
        is_doubted, left = len(firm) < len(left), firm
        found = self.unsigned(left)
        if any("giấy" in row["sending"].casefold() for row in left):
            found.append(("E3", "E3_GIAY_SONG_SONG"))
        if any(not row["sending"].startswith("Hệ thống") for row in left):
            found.append(("E5", "E5_NGOAI_HE_THONG"))
        if any(row["sending"].startswith("Hệ thống") and not self.seen(row["received_at"]) for row in left):
            found.append(("E5", "E5_CHUA_NHAN"))
        # Inside the Office E5 stands for E2 and E4.
        counted = set(self.rules.tests) | ({"E5"} if {"E2", "E4", "E5"} & set(self.rules.tests) else set())
        failing = [code for test, code in found if test in counted]
        if failing:
            return self.say("MT2a.DOC", day, room, "failed", failing[0])
        if is_doubted:
            return self.say("MT2a.DOC", day, room, "undetermined", "LOAI_TRU_TRAI_DU_LIEU")
        return self.say("MT2a.DOC", day, room, "met", None)
