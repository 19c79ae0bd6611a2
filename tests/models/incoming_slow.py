"""Documents of others in plain Python: what came by the axis, signed and received, and T2 to T4 (domain §4.3)."""

from collections import Counter, defaultdict
from datetime import date

from tests.models.documents_slow import Judging, Row, best_unit, document, organ


class Incoming(Judging):
    """What the clerks wrote down beside what the axis shows."""

    def packets(self) -> dict[tuple[str, int, str], list[Row]]:
        """Packets by document, the oldest first."""
        found: dict[tuple[str, int, str], list[tuple[str, int, Row]]] = defaultdict(list)
        for number, row in enumerate(self.axis["received_documents"]):
            if self.seen(row["listing"]["created_time"]):
                packet = row["packet"]
                key = document(f"{packet['code_number']}/{packet['code_notation']}")
                day = packet["promulgation_date"]
                found[key, int(day[:4]), self.sender(row)].append((row["listing"]["created_time"], number, row))
        return {key: [row for *_, row in sorted(rows, key=lambda one: one[:2])] for key, rows in found.items()}

    @staticmethod
    def sender(row: Row) -> str:
        code: str = row["packet"]["from"]["organ_id"]
        return organ(row["listing"]["from"] if code.startswith("vxp") else code)

    def entries(self) -> dict[tuple[str, int, str], list[Row]]:
        """Rows of the register by document."""
        entries: dict[tuple[str, int, str], list[Row]] = defaultdict(list)
        for row in self.registers["incoming"]:
            if self.seen(row["arrived_at"]) and date.fromisoformat(row["issued_on"]) <= self.closing:
                sender = self.resolved(row["sender_code"], row["sender_name"]) or f"?{row['sender_name'].casefold()}"
                key = document(f"{row['number']}/{row['notation']}"), int(row["issued_on"][:4]), sender
                entries[key].append(row)
        return entries

    def judge(self) -> None:
        entries, packets = self.entries(), self.packets()
        self.shares = shares(entries, packets)
        everything = [row for rows in packets.values() for row in rows]
        recalled = {
            (self.sender(row), row["packet"]["business"].get("document_id") or row["packet"]["document_id"])
            for row in everything
            if row["packet"]["business"]["doc_type"] == "1"
        }
        replaced = {
            (self.sender(row), one["document_id"])
            for row in everything
            if row["packet"]["business"]["doc_type"] == "3"
            for one in row["packet"]["business"].get("replacements", [])
        }
        for key in {*entries, *packets}:
            own = {(self.sender(row), row["packet"]["document_id"]) for row in packets.get(key, [])}
            is_recalled = bool(own & recalled) or any(
                row["packet"]["business"]["doc_type"] == "1" for row in packets.get(key, [])
            )
            contents = [row for row in packets.get(key, []) if row["packet"]["business"]["doc_type"] != "1"]
            if entries.get(key) or contents:
                chain = "THU_HOI" if is_recalled else "DA_THAY_THE" if own & replaced else None
                self.arrived(key[2], entries.get(key, []), packets.get(key, []), contents, chain)

    def arrived(self, sender: str, rows: list[Row], packets: list[Row], contents: list[Row], chain: str | None) -> None:
        days = [date.fromisoformat(row["issued_on"]) for row in rows]
        days = days or [date.fromisoformat(row["packet"]["promulgation_date"].replace("/", "-")) for row in packets]
        day, room = min(days), best_unit([row["handling_unit"] for row in rows])
        self.say("MT2b.IN", day, room, *self.electronic(sender, rows, contents, chain))
        if rows:
            self.handled(day, room, rows, contents, bool(packets))

    def electronic(
        self, sender: str, rows: list[Row], contents: list[Row], chain: str | None
    ) -> tuple[str, str | None]:
        if chain or sender.startswith("?"):
            return ("excluded", chain) if chain else ("undetermined", "CHUA_RO_CO_QUAN")
        by_axis = bool(contents) or any(row["channel"] == "Trục liên thông" for row in rows)
        signed = signature(contents[-1]) if contents else None
        received = any(self.seen(row["received_at"]) for row in rows) or (bool(rows) and self.rules.incoming == "01")
        found = []
        is_paper = any(row["channel"] == "Bản giấy" for row in rows)
        # What came by fax may have come by the axis too, in a packet that nobody saw.
        is_open = not by_axis and not is_paper and self.shares.get(month_of(rows), 1) < 1
        if not by_axis and not is_open:
            found.append(("E2", "E2_KHONG_QUA_TRUC"))
        if contents and signed not in ("hop_le", "khong_doc_duoc"):
            found.append(("E1", f"E1_{str(signed).upper()}"))
        if by_axis and is_paper:
            found.append(("E3", "E3_GIAY_SONG_SONG"))
        if rows and not received:
            found.append(("E4", "E4_CHUA_NHAN"))
        failing = [code for test, code in found if test in self.rules.tests]
        if failing:
            return "failed", failing[0]
        if not rows and {"E3", "E4"} & set(self.rules.tests):
            return "undetermined", "CHUA_CO_TRONG_SO"
        is_unseen = by_axis and not contents and "E1" in self.rules.tests
        if is_unseen or (is_open and {"E1", "E2"} & set(self.rules.tests)):
            return "undetermined", "CHUA_THAY_GOI_TIN"
        if signed == "khong_doc_duoc" and "E1" in self.rules.tests:
            return "undetermined", "E1_CHUA_RO" if rows else "CHUA_CO_TRONG_SO"
        return "met", None

    def handled(self, day: date, room: str, rows: list[Row], contents: list[Row], has_packet: bool) -> None:
        def first(name: str) -> date | None:
            return min((at.date() for row in rows if (at := self.seen(row[name]))), default=None)

        received, arrived = first("received_at"), first("arrived_at")
        assert arrived is not None
        self.in_time("T2", day, room, arrived, received)
        if received is None:
            self.say("MT2b.T3", day, room, "excluded", "CHUA_TIEP_NHAN")
        else:
            is_urgent = any(row["urgency"] != "Thường" for row in rows)
            limit = received if is_urgent else self.next_working_day(received)
            self.in_time("T3", day, room, limit, first("forwarded_at"))
        told = [row["packet"]["due_date"] for row in contents if row["packet"]["due_date"]]
        due = min((row["due_on"] for row in rows if row["due_on"]), default=None) or (told[-1] if told else None)
        completed = max((at.date() for row in rows if (at := self.seen(row["completed_at"]))), default=None)
        is_missing = not has_packet and any(row["channel"] == "Trục liên thông" for row in rows)
        if due is None and is_missing:
            self.say("MT2b.T4", day, room, "undetermined", "CHUA_THAY_GOI_TIN")
        elif due is None:
            self.say("MT2b.T4", day, room, "excluded", "KHONG_GIAO_HAN")
        else:
            self.in_time("T4", day, room, date.fromisoformat(due.replace("/", "-")), completed)


def month_of(rows: list[Row]) -> str:
    return min((str(row["arrived_at"])[:7] for row in rows), default="")


def shares(
    entries: dict[tuple[str, int, str], list[Row]], packets: dict[tuple[str, int, str], list[Row]]
) -> dict[str, float]:
    """Month → the share of documents that came by the axis of which a packet was seen; all where no register tells."""
    expected, seen = Counter[str](), Counter[str]()
    for key in {*entries, *packets}:
        rows, own = entries.get(key, []), packets.get(key, [])
        is_seen = any(row["packet"]["business"]["doc_type"] != "1" for row in own)
        by_axis = not key[2].startswith("?") and any(row["channel"] == "Trục liên thông" for row in rows)
        if is_seen or by_axis:
            month = month_of(rows) or min(row["listing"]["created_time"] for row in own)[:7]
            expected[month] += 1
            seen[month] += is_seen
    return {month: seen[month] / expected[month] for month in expected} if entries else {}


def signature(row: Row) -> str:
    """What the files of a packet prove; the best of them decides."""
    states = [file_state(file) for file in row["packet"]["attachments"]]
    order = ("hop_le", "khong_doc_duoc", "sua_sau_ky", "chung_thu_het_han", "ban_sao_so_hoa", "thieu_ky_co_quan")
    return next((state for state in order if state in states), "chua_ky_so")


def file_state(file: Row) -> str:
    if file["kind"] == "broken" or (file["kind"] == "pdf" and "is_signed" not in file):
        return "khong_doc_duoc"
    signatures = file.get("signatures", [])
    signers = {one["signer"] for one in signatures}
    if not signatures:
        return "chua_ky_so"
    if not all(one["is_intact"] and not one["is_modified"] for one in signatures):
        return "sua_sau_ky"
    if not all(one["is_certificate_valid"] for one in signatures):
        return "chung_thu_het_han"
    if "person" not in signers:
        return "ban_sao_so_hoa"
    return "hop_le" if "agency" in signers else "thieu_ky_co_quan"
