"""The exchange of documents of one year, planned in whole arrays: received, sent, and what was answered.

Nothing here depends on the day it is looked at; every fact has its moment, and a reader asks for what
lies before his own. Moments are minutes since the epoch of `working_time`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from connectors.simulator import working_time as wt
from connectors.simulator.chance import Chance, Floats, Ints
from connectors.simulator.parties import OUTSIDE, Party, correspondents


# Rows of the sent list without `senderDocId`, as some real lists have them.
LOST_ID_EVERY = 100
NEVER = np.int64(1) << 40
NEW, REVOKED, UPDATED, REPLACED = range(4)
_SECRET_SHARE = 0.006
_CHAINED_SHARE = 0.086
_KINDS = [0.92, 0.02, 0.03, 0.03]
# No defect, the eight of protocols A.4.8, and the stray characters before `<?xml` of a vendor's sample.
DEFECTS = [0.88] + [0.0134] * 9
TYPES = (
    ("Công văn", ""),
    ("Quyết định", "QĐ-"),
    ("Báo cáo", "BC-"),
    ("Tờ trình", "TTr-"),
    ("Thông báo", "TB-"),
    ("Giấy mời", "GM-"),
    ("Kế hoạch", "KH-"),
)
_TYPE_WEIGHTS = [0.62, 0.09, 0.09, 0.06, 0.05, 0.06, 0.03]
# The codes of a chain of answers, in their order (A.4.5), and how often each chain is met.
CHAINS = ((1, 3, 5, 6), (1, 3, 4, 5, 6), (1, 3), (1, 2), (1, 3, 15), (1, 3, 16), (1,))
_CHAIN_WEIGHTS = [0.42, 0.17, 0.22, 0.06, 0.02, 0.01, 0.10]
# Minutes from one code of a chain to the next, roughly: arrival, intake, assignment, work, the end.
_PACE = (3, 140, 300, 900, 4200)


@dataclass(frozen=True)
class Received:
    """One place per packet that came in with a document."""

    arrived: Ints
    sender: Ints
    kind: Ints
    target: Ints
    type: Ints
    number: Ints
    secret: Floats
    defect: Ints
    answers: Ints


@dataclass(frozen=True)
class Sent:
    """Documents of the province, then one place per recipient of each."""

    signed: Ints
    type: Ints
    number: Ints
    row_document: Ints
    row_recipient: Ints
    row_sent: Ints
    row_received: Ints


@dataclass(frozen=True)
class Statuses:
    """One place per status packet: about which row or document, which code, when."""

    about: Ints
    code: Ints
    at: Ints


@dataclass(frozen=True)
class Exchange:
    """A year on the axis as the Office sees it; each list is in the order of its moments."""

    received: Received
    sent: Sent
    answers_received: Statuses
    recalls_received: Statuses
    answers_sent: Statuses


def moments(chance: Chance, count: int) -> Ints:
    """Moments of 2025 in ascending order: working days, office hours; a few at night and on days off."""
    first, last = 366, 731
    working = np.flatnonzero(wt.WORKING[first:last]) + first
    days = working[chance.whole("day", len(working))]
    odd = chance.uniform("odd") < 0.01
    days = np.where(odd, first + chance.whole("any day", last - first), days)
    hours = wt.OPENING + chance.whole("minute", wt.CLOSING - wt.OPENING)
    minutes = np.where(odd, chance.whole("any minute", wt.DAY), hours)
    return np.asarray(np.sort(days * wt.DAY + minutes), dtype=np.int64)


def _senders(chance: Chance, arrived: Ints, parties: tuple[Party, ...]) -> Ints:
    """Who sends: districts until they closed, communes from the day they opened."""
    count = len(arrived)
    old = np.array([at for at, one in enumerate(parties) if one.era != "new"], dtype=np.int64)
    new = np.array([at for at, one in enumerate(parties) if one.era != "old"], dtype=np.int64)
    draw = chance.uniform("sender") ** 1.6
    before = arrived // wt.DAY < OUTSIDE
    chosen = np.where(before, old[(draw * len(old)).astype(np.int64)], new[(draw * len(new)).astype(np.int64)])
    return np.asarray(chosen, dtype=np.int64).reshape(count)


def _received(seed: int, count: int, sent: int) -> Received:
    chance = Chance(seed, np.arange(count, dtype=np.int64) + 10_000_000)
    arrived = moments(chance, count)
    sender = _senders(chance, arrived, correspondents())
    kind = chance.pick("kind", _KINDS)
    plain = np.flatnonzero(kind == NEW)
    # What changes an earlier packet comes from its sender, within some weeks.
    before = np.searchsorted(plain, np.arange(count)) - 1 - chance.whole("back", 60)
    kind = np.where(before < 0, NEW, kind)
    target = np.where(kind == NEW, -1, plain[np.maximum(before, 0)])
    answers = np.where(chance.uniform("answers") < 0.1, chance.whole("answered", max(sent, 1)), -1)
    return Received(
        arrived=arrived,
        sender=np.where(kind == NEW, sender, sender[np.maximum(target, 0)]),
        kind=kind,
        target=target,
        type=chance.pick("type", _TYPE_WEIGHTS),
        number=1 + chance.whole("number", 8_900),
        secret=np.where(chance.uniform("secret") < _SECRET_SHARE, chance.uniform("how"), -1.0),
        defect=np.where(kind == NEW, chance.pick("defect", DEFECTS), 0),
        answers=np.where(arrived < wt.DAY * 400, -1, answers),
    )


def _sent(seed: int, count: int) -> Sent:
    chance = Chance(seed, np.arange(count, dtype=np.int64) + 20_000_000)
    signed = moments(chance, count)
    kind = chance.pick("type", _TYPE_WEIGHTS)
    number = np.zeros(count, dtype=np.int64)
    for code in range(len(TYPES)):
        of_kind = np.flatnonzero(kind == code)
        number[of_kind] = np.arange(1, len(of_kind) + 1)
    recipients = 1 + chance.pick("recipients", [0.65, 0.2, 0.1, 0.05])
    document = np.repeat(np.arange(count, dtype=np.int64), recipients)
    nth = np.arange(len(document)) - np.repeat(np.cumsum(recipients) - recipients, recipients)
    rows = Chance(seed, np.arange(len(document), dtype=np.int64) + 30_000_000)
    sent = signed[document] + np.where(rows.uniform("late") < 0.04, 2 * wt.DAY, rows.whole("soon", 90))
    taken = np.where(rows.uniform("lost") < 0.008, NEVER, sent + 1 + rows.whole("taken", 25))
    # A row that will have lost its sender's id is taken at once, so that it never had one.
    taken = np.where(np.arange(len(document)) % LOST_ID_EVERY == 0, sent, taken)
    first = _senders(chance, signed, correspondents())
    return Sent(
        signed=signed,
        type=kind,
        number=number,
        row_document=document,
        row_recipient=(first[document] + 7 * nth) % len(correspondents()),
        row_sent=sent,
        row_received=taken,
    )


def _chains(seed: int, start: Ints, share: float, stream: int) -> Statuses:
    """Chains of answers that begin at given moments, for a share of the places."""
    chance = Chance(seed, np.arange(len(start), dtype=np.int64) + stream)
    chain = chance.pick("chain", _CHAIN_WEIGHTS)
    about, codes, at = [], [], []
    chosen = np.flatnonzero((chance.uniform("chosen") < share) & (start < NEVER))
    pace = 0.2 + 1.8 * chance.uniform("pace")
    for place in chosen.tolist():
        moment = int(start[place])
        for step, code in enumerate(CHAINS[int(chain[place])]):
            moment += 1 + int(_PACE[step] * pace[place])
            about.append(place)
            codes.append(code)
            at.append(moment)
    return _in_order(about, codes, at)


def _in_order(about: list[int], codes: list[int], at: list[int]) -> Statuses:
    order = np.argsort(np.array(at, dtype=np.int64), kind="stable")
    columns = (np.array(column, dtype=np.int64)[order] for column in (about, codes, at))
    return Statuses(*columns)


@lru_cache(maxsize=4)
def exchange(seed: int, documents: int) -> Exchange:
    """The year of a seed: a third of the documents received, the others sent."""
    incoming = documents // 3
    sent = _sent(seed, documents - incoming)
    received = _received(seed, incoming, documents - incoming)
    revoked = np.flatnonzero(received.kind == REVOKED)
    recalls = (revoked.tolist(), [13] * len(revoked), (received.arrived[revoked] + 2).tolist())
    return Exchange(
        received=received,
        sent=sent,
        answers_received=_chains(seed, sent.row_received, _CHAINED_SHARE, 40_000_000),
        recalls_received=_in_order(*recalls),
        answers_sent=_chains(seed, received.arrived, 0.6, 50_000_000),
    )
