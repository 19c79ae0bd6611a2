"""MT3 once more, one record at a time, in plain Python over the observations: nothing shared with the SQL."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from connectors.simulator import working_time as wt
from tests.models.procedure_sources import Observation, Row, bases_of


PROVINCE = "UBND tỉnh Đồng Nai"
WORST = ("failed", "undetermined", "met", "excluded")
PLACEHOLDERS = {"", "-", "khong", "dang cap nhat", "theo quy dinh"}
NONE_STATED = {"khong co", "khong quy dinh", "khong thu phi"}
AMBIGUOUS = {"khong co thong tin"}
LEVELS = {"tinh": "1", "cap xa": "3"}
END_OF_WORK = timedelta(hours=16, minutes=30)
Key = tuple[str, str, date, str]


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).lower().split())


def plain(text: str) -> str:
    bare = re.sub(r"<[^>]*>|&nbsp;", " ", text)
    parts = unicodedata.normalize("NFD", bare.lower().replace("đ", "d"))
    return " ".join("".join(letter for letter in parts if not unicodedata.combining(letter)).split()).rstrip(" .;,:")


def working(start: date, end: date) -> int:
    """Working days after start, end included; as many below nought when the end comes first."""
    sign = 1 if end >= start else -1
    first, last = sorted((start, end))
    span = (first + timedelta(days=number) for number in range(1, (last - first).days + 1))
    return sign * sum(is_working(day) for day in span)


def is_working(day: date) -> bool:
    """Before the calendar begins every day counts: what was due then is long past."""
    number = wt.day_number(day)
    return number < 0 or bool(wt.WORKING[number])


def after(start: date, count: int) -> date:
    """The count-th working day after start."""
    day = start
    while working(start, day) < count:
        day += timedelta(days=1)
    return day


def rest_over(day: date) -> date:
    while not wt.WORKING[wt.day_number(day)]:
        day += timedelta(days=1)
    return day


class Slow:
    """Every judged record of MT3 for a closing date, from the observations it may use."""

    def __init__(self, observations: list[Observation], closing: date, working_days: bool) -> None:
        until = [one for one in observations if one.at.date() <= closing]
        self.observations = until or observations
        self.closing = closing
        self.in_working_days = working_days
        self.decisions: dict[str, Row] = {}
        self.first_listed: dict[str, date] = {}
        self.changes: set[tuple[str, str, str]] = set()
        for one in self.observations:
            for row in one.decisions:
                self.decisions[row["id"]] = row
                self.first_listed.setdefault(row["id"], one.at.date())
                kinds = ("new", "amended", "rescinded")
                self.changes |= {(row["id"], kind, code) for kind in kinds for code in row[kind].split()}

    def outcomes(self, days: list[date]) -> dict[Key, str]:
        found = dict(self._flows())
        for day in days:
            found |= self._stocks(day, found)
        return found

    # -- what happened

    def _flows(self) -> Iterator[tuple[Key, str]]:
        found: dict[Key, str] = {}
        for decision, code in sorted({(one, code) for one, _, code in self.changes}):
            if self.decisions[decision]["agency"] != PROVINCE:
                continue
            signed = day_of(self.decisions[decision]["signed"])
            on = signed or self.first_listed[decision]
            seen_at_all = any(row["code"] == code for one in self.observations for row in one.national)
            key = code if seen_at_all else f"{decision}/QĐ-UBND: Thủ tục {code}"
            for indicator, definition, outcome in self._judged(decision, code, signed, on):
                place = (indicator, definition, on, key)
                found[place] = min(found.get(place, "excluded"), outcome, key=WORST.index)
        yield from found.items()

    def _judged(self, decision: str, code: str, signed: date | None, on: date) -> Iterator[tuple[str, str, str]]:
        occasion = self._occasion(decision, code)
        for definition in ("STD", "WD"):
            in_working_days = definition == "WD" or self.in_working_days
            outcome = self._announced(signed, occasion, in_working_days)
            yield "MT3.1", definition, outcome
            if definition == "STD" and signed and date(2025, 6, 12) <= signed <= date(2025, 7, 31):
                yield "MT3.1", "C25", outcome
        yield "MT3.2", "STD", self._published(decision, code, signed, on, occasion)

    def _occasion(self, decision: str, code: str) -> tuple[date, date | None] | None:
        """(effect, issued) of the text that takes effect last, as the newest record with that decision says."""
        carrying = [
            row
            for one in self.observations
            for row in one.national
            if (row["code"], row["decision"]) == (code, decision)
        ]
        if not carrying:
            return None
        bases = [(day_of(effect), day_of(issued)) for issued, effect in bases_of(carrying[-1])]
        dated = [(effect, issued or date.min) for effect, issued in bases if effect]
        if not dated:
            return None
        effect, issued = max(dated)
        unread = [issued or date.max for effect, issued in bases if effect is None]
        if any(other > (effect if issued == date.min else issued) for other in unread):
            return None
        return effect, None if issued == date.min else issued

    def _announced(self, signed: date | None, occasion: tuple[date, date | None] | None, in_working_days: bool) -> str:
        if signed is None or occasion is None:
            return "undetermined"
        effect, issued = occasion
        if issued and effect - timedelta(days=5) < issued:
            return "met" if signed <= rest_over(issued + timedelta(days=3)) else "failed"
        in_time = working(signed, effect) >= 5 if in_working_days else (effect - signed).days >= 5
        return "met" if in_time else "failed"

    def _published(
        self, decision: str, code: str, signed: date | None, on: date, occasion: tuple[date, date | None] | None
    ) -> str:
        if signed is None:
            return "undetermined"
        short = [True, False]
        if occasion:
            effect, issued = occasion
            short = [issued is not None and effect - timedelta(days=5) < issued]
        dues = sorted(after(signed, 2 if is_short else 5) for is_short in short)
        undone_by = [
            day_of(self.decisions[one]["signed"]) or self.first_listed[one]
            for one, other in {(one, other) for one, _, other in self.changes}
            if other == code
            and one != decision
            and self.decisions[one]["agency"] == PROVINCE
            and self._rescinds(one, code) != self._rescinds(decision, code)
        ]
        until = min([day for day in undone_by if day >= on], default=date.max)
        if self._rescinds(decision, code):
            return self._removed(code, on, until, dues)
        seen = next((one.at for one in self.observations if self._carries(one, decision, code, signed)), None)
        if seen and (seen - timedelta(hours=7)).date() <= dues[0]:
            return "met"
        if seen is None and dues[-1] >= self.closing:
            return "excluded"
        absent = [one.at for one in self.observations if (seen is None or one.at < seen) and one.at.date() < until]
        return "failed" if absent and (max(absent) - END_OF_WORK).date() >= dues[-1] else "undetermined"

    def _rescinds(self, decision: str, code: str) -> bool:
        """Whoever rescinds and announces the same announces it."""
        return not {(decision, "new", code), (decision, "amended", code)} & self.changes

    def _removed(self, code: str, on: date, until: date, dues: list[date]) -> str:
        """Taken off, or called rescinded, by the first look that shows it so."""
        looks = [one for one in self.observations if on <= one.at.date() < until]
        labelled = self._labelled_at(code, on, until)
        told = [one.at for one in looks if not self._shows(one, code) or (labelled and one.at >= labelled)]
        gone = min(told, default=None)
        if gone and (gone - timedelta(hours=7)).date() <= dues[0]:
            return "met"
        if gone is None and dues[-1] >= self.closing:
            return "excluded"
        shown = [one.at for one in looks if gone is None or one.at < gone]
        return "failed" if shown and (max(shown) - END_OF_WORK).date() >= dues[-1] else "undetermined"

    def _shows(self, observation: Observation, code: str) -> bool:
        return any(row["code"] == code for row in observation.national)

    def _labelled_at(self, code: str, on: date, until: date) -> datetime | None:
        """When a record that had changed first said "Bãi bỏ" in these days."""
        before: Row | None = None
        for one in self.observations:
            for row in one.national:
                if row["code"] == code and row != before:
                    before = row
                    if row["status"] == "Bãi bỏ" and on <= one.at.date() < until:
                        return one.at
        return None

    def _carries(self, observation: Observation, decision: str, code: str, signed: date) -> bool:
        for row in observation.national:
            if row["code"] == code:
                carried = day_of(self.decisions.get(row["decision"], {}).get("signed", ""))
                return row["decision"] == decision or (carried is not None and carried >= signed)
        return False

    # -- what stands

    def _stocks(self, day: date, flows: dict[Key, str]) -> dict[Key, str]:
        observed = self._observed(day, self.observations[0].at.date())
        if observed is None:
            return {}
        seen = [one for one in self.observations if one.at.date() <= observed]
        listed = [row for row in seen[-1].national if is_public(row) is not False]
        scope = {row["code"]: row for row in listed if is_ours(row)}
        found: dict[Key, str] = {}
        synchronous = self._synchronous(day, scope, {row["code"][:8] for row in listed if not is_ours(row)})
        for code, row in scope.items():
            complete = content(row, automatic=False)
            found["MT3.3", "STD", day, code] = complete
            found["MT3.3", "Q766", day, code] = content(row, automatic=True)
            parts = [complete, "undetermined" if synchronous is None else synchronous[code]]
            for (indicator, definition, on, key), outcome in flows.items():
                in_year = date(day.year, 1, 1) <= on <= day
                if in_year and key == code and (indicator, definition) in {("MT3.1", "STD"), ("MT3.2", "STD")}:
                    parts.append(outcome)
            found["MT3", "STD", day, code] = min(parts, key=WORST.index)
        for code, outcome in (synchronous or {}).items():
            found["MT3.4", "STD", day, code] = outcome
        return found

    def _observed(self, day: date, since: date) -> date | None:
        return max(day, since) if day >= since or day == self.closing else None

    def _synchronous(self, day: date, scope: dict[str, Row], foreign: set[str]) -> dict[str, str] | None:
        read = [one for one in self.observations if one.portal is not None]
        observed = self._observed(day, read[0].at.date()) if read else None
        if observed is None:
            return None
        newest = [one for one in read if one.at.date() <= observed][-1]
        offered = {row["code"]: row for row in newest.portal or []}
        if not scope or not offered:
            return None
        pairs = {code: code for code in scope if code in offered}
        left, right = (sorted(side - pairs.keys()) for side in (scope.keys(), offered.keys()))
        for code in left:
            match = next((other for other in right if other[:8] == code[:8]), None)
            if match is not None:
                right.remove(match)
                pairs[code] = match
        found = {code: "excluded" if code[:8] in foreign else "failed" for code in right}
        for code, row in scope.items():
            found[code] = "met" if code in pairs and same(row, offered[pairs[code]]) else "failed"
        return found


def same(ours: Row, theirs: Row) -> bool:
    code, _, name = ours["sector"].partition(" ")
    other_code, _, other_name = theirs["sector"].partition(" ")
    level, levels = LEVELS.get(plain(theirs["level"])), ours["level"].split()
    return (
        folded(ours["name"]) == folded(theirs["name"])
        and (folded(code) == folded(other_code) or folded(name) == folded(other_name))
        and (level is None or not levels or level in levels)
        and is_limit_same(ours, theirs)
        and (not theirs["agency"] or theirs["agency"].startswith(ours["agency"]))
    )


def is_limit_same(ours: Row, theirs: Row) -> bool:
    """`Ngày` of one side is `c` of the other."""
    return not theirs["limit"] or not ours["limit"] or theirs["limit"] == f"{ours['limit']} c"


def is_public(row: Row) -> bool | None:
    """None where somebody says what is in no dictionary."""
    said = {row["status"], row["status"] if row["listed_status"] == "=" else row["listed_status"]} - {""}
    if "Bãi bỏ" in said:
        return False
    return None if "9" in said else True


def is_ours(row: Row) -> bool:
    if row["announcer"] in {"H19", ""}:
        return True
    return not row["announcer"].startswith("H") and row["level"] != "0"


def content(row: Row, automatic: bool) -> str:
    """The outcome of MT3.3 for one record."""
    if is_public(row) is None:
        return "undetermined"
    is_form = plain(row["paper"]).startswith("to khai")
    texts = {
        "mandatory": [row["name"], row["steps"], row["paper"] if row["copies"] else "", row["applicant"]],
        "conditional": [row["result"], row["condition"], row["form"] if is_form else "Không có"],
    }
    fee = row["fee"] if re.search("[1-9]", row["fee"]) else row["fee_note"] or ("Miễn phí" if "0" in row["fee"] else "")
    empty = [text for text in texts["mandatory"] if plain(text) in PLACEHOLDERS | NONE_STATED | AMBIGUOUS]
    limits = [plain(row["limit"]), plain(row["limit_note"])]
    if empty or all(text in PLACEHOLDERS | NONE_STATED | AMBIGUOUS for text in limits):
        return "failed"
    if automatic:
        return "met"
    if any(plain(text) in PLACEHOLDERS | AMBIGUOUS for text in texts["conditional"]) or plain(fee) in PLACEHOLDERS:
        return "failed"
    return "undetermined" if plain(fee) in AMBIGUOUS else "met"
