"""Readings of MT1 in plain words: which dossiers they count, and which of those were in time (domain §13.3)."""

from collections.abc import Callable, Iterator
from datetime import date

from tests.models.mt1_slow import Decisions, Dossier, Row, contributions, floor


EFFECT = date(2025, 5, 8)
Judge = Callable[[Dossier], bool]


def by_raw_moments(dossier: Dossier) -> bool:
    assert dossier.completed
    return dossier.completed <= dossier.extended


def by_minute(dossier: Dossier) -> bool:
    assert dossier.completed
    return floor(dossier.completed) <= floor(dossier.extended)


def every_pause_added(dossier: Dossier) -> bool:
    """To the appointment as it was first seen."""
    assert dossier.shown
    valid = [span for span in dossier.supplements[:1] if dossier.in_time(span[0])]
    return not dossier.is_late(dossier.moved(dossier.shown, valid))


def no_pause_added(dossier: Dossier) -> bool:
    assert dossier.shown
    return not dossier.is_late(dossier.shown)


def by_law(dossier: Dossier) -> bool:
    is_unpaused = not dossier.supplements
    return in_time(dossier) and not (is_unpaused and dossier.law and dossier.is_late(dossier.law))


def in_time(dossier: Dossier) -> bool:
    return not dossier.is_late(dossier.extended)


ANEW: dict[str, Judge] = {
    "R1": in_time,
    "R1_GOC": by_raw_moments,
    "R1_PHUT": by_minute,
    "R1_CONG": every_pause_added,
    "R1_KHONG_CONG": no_pause_added,
    "R1_LUAT": by_law,
    "HKD_TO_CHUC": in_time,
    "NAM_BAO_CAO": in_time,
    "TU_HIEU_LUC": in_time,
    "TC_LUON": in_time,
    # No procedure is listed, so none suspends by itself.
    "TC_KHONG": in_time,
}
DECIDED = {"TC_LUON": Decisions(financial="luon_tam_dung")}


def group_of(dossier: Dossier, reading: str) -> str:
    is_business = dossier.row["group"] == "Hộ kinh doanh"
    return "to_chuc" if is_business and reading == "HKD_TO_CHUC" else dossier.group


def span_of(reading: str, closing: date) -> tuple[date, date]:
    if reading == "NAM_BAO_CAO":
        return date(closing.year - 1, 12, 15), date(closing.year, 12, 14)
    return (EFFECT if reading == "TU_HIEU_LUC" else date(closing.year, 1, 1)), closing


def judged(row: Row, dossier: Dossier, closing: date) -> Iterator[tuple[str, int, int]]:
    """(reading, numerator, denominator) of one dossier."""
    for definition, parts in contributions(dossier, date(closing.year, 1, 1), closing):
        if definition in ("R1s", "R2", "R3"):
            yield definition, *parts[:2]
    for reading, judge in ANEW.items() if dossier.status in (9, 10) else ():
        first, last = span_of(reading, closing)
        if first <= dossier.ended_on() <= last:
            read = Dossier(row, closing, DECIDED[reading]) if reading in DECIDED else dossier
            yield reading, int(judge(read)), 1


def readings(rows: list[Row], closing: date) -> dict[tuple[str, str], tuple[int, int]]:
    """(group or `all`, reading) → numerator and denominator, of the year that the closing date ends."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for row in rows:
        dossier = Dossier(row, closing, Decisions())
        for reading, numerator, denominator in judged(row, dossier, closing):
            for group in ("all", group_of(dossier, reading)):
                old = found.get((group, reading), (0, 0))
                found[group, reading] = (old[0] + numerator, old[1] + denominator)
    return found
