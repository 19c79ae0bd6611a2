"""How figures and days are written in Vietnamese, everywhere that people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol


NOTHING = "—"
OPERATORS = {">=": "≥", "<=": "≤"}
QUARTERS = ("I", "II", "III", "IV")


def percent(fraction: float, *limits: float) -> str:
    """0.97 → 97,00 %, with the decimal comma of Vietnamese; number and sign stay together.

    With as many decimals as it takes not to seem to reach a limit that it misses: 0.96999 against 0.97 is 96,999 %.
    """
    digits = next((n for n in range(2, 8) if all(seems(fraction, limit, n) for limit in limits)), 8)
    return f"{fraction * 100:.{digits}f}\N{NO-BREAK SPACE}%".replace(".", ",")


def seems(fraction: float, limit: float, digits: int) -> bool:
    """Whether the rounded figure stands on the same side of the limit as the figure itself."""
    return (round(fraction * 100, digits) >= round(limit * 100, digits)) == (fraction >= limit)


def share(fraction: float | None, *against: float | None) -> str:
    """A fraction as a percentage that never seems to reach what it does not reach."""
    return NOTHING if fraction is None else percent(fraction, *(limit for limit in against if limit is not None), 1)


def ratio(numerator: int, denominator: int, actual: float | None, target: float | None) -> str:
    """484/498 = 97,19 %; both counts alone where no rate can be told."""
    counts = f"{count(numerator)}/{count(denominator)}"
    return counts if actual is None else f"{counts} = {share(actual, target)}"


class Measured(Protocol):
    """A figure or an objective: how its numbers are told, and what they are held against."""

    @property
    def measure(self) -> str: ...
    @property
    def unit_of_measure(self) -> str: ...
    @property
    def decimals(self) -> int: ...
    @property
    def operator(self) -> str | None: ...
    @property
    def target(self) -> float | None: ...
    @property
    def upper_target(self) -> float | None: ...


def measured(value: float | None, row: Measured) -> str:
    """97,19 %, 4,35 điểm, 3 đơn thư: with the unit of the indicator, never seeming to keep a limit that it breaks."""
    if value is None:
        return NOTHING
    ends = [end for end in (row.target, row.upper_target) if end is not None]
    if row.operator in (None, ">=", "=") and row.measure in ("rate", "milestone"):
        return percent(value, *ends, 1)
    scale, unit = scaled(row)
    ends = [end * scale for end in ends]
    digits = next((n for n in range(row.decimals, 7) if all(sides(value * scale, end, n) for end in ends)), 6)
    return f"{written(value * scale, digits)}\N{NO-BREAK SPACE}{unit}"


def scaled(row: Measured) -> tuple[int, str]:
    """By what a number is multiplied as it is told, and its unit: a share is told in hundredths."""
    return (100, "%") if row.unit_of_measure == "%" else (1, row.unit_of_measure)


def sides(value: float, limit: float, digits: int) -> bool:
    """Whether the rounded figure is above, at or below the limit as the figure itself is."""
    rounded, end = round(value, digits), round(limit, digits)
    at = abs(value - limit) < 1e-9
    return (rounded > end, rounded == end) == (value > limit and not at, at)


def written(value: float, digits: int) -> str:
    """1234.5 → 1.234,50."""
    return f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,"))


def counted(numerator: int, denominator: int, actual: float | None, row: Measured) -> str:
    """484/498 = 97,19 %; 4,35 điểm (9/12): of what is no rate, how many records are as they should be."""
    counts = f"{count(numerator)}/{count(denominator)}"
    if actual is None:
        return counts
    told = measured(actual, row)
    if row.measure in ("rate", "milestone"):
        return f"{counts} = {told}"
    # How many rows a sum rises or falls by says nothing.
    return told if row.measure == "change" else f"{told} ({counts})"


def goal(row: Measured) -> str:
    """≥ 97,00 %; ≤ 3 đơn thư; 60,00–70,00 %."""
    if row.target is None:
        return NOTHING
    scale, unit = scaled(row)
    ends = [written(end * scale, row.decimals) for end in (row.target, row.upper_target) if end is not None]
    told = f"{'–'.join(ends)}\N{NO-BREAK SPACE}{unit}"
    sign = "" if row.operator == "range" else OPERATORS.get(row.operator or "", row.operator)
    return f"{sign}\N{NO-BREAK SPACE}{told}" if sign else told


def count(number: int) -> str:
    """1234567 → 1.234.567, with the dot of Vietnamese."""
    return f"{number:,}".replace(",", ".")


def number(value: float) -> str:
    """5.0 → 5, 0.5 → 0,5."""
    return f"{value:g}".replace(".", ",")


def day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else NOTHING


def moment(value: datetime) -> str:
    """16:30 19/11/2024."""
    return f"{value:%H:%M %d/%m/%Y}"


def told_moment(value: datetime) -> str:
    """16:30 ngày 19/11/2024; a day alone where the source gave none but midnight."""
    return f"ngày {day(value)}" if value.time().isoformat() == "00:00:00" else f"{value:%H:%M} ngày {day(value)}"


def at_moment(value: datetime) -> str:
    """The same after a verb: lúc 16:30 ngày 19/11/2024."""
    told = told_moment(value)
    return told if told.startswith("ngày") else f"lúc {told}"


def listed(parts: Sequence[str]) -> str:
    """a, b và c."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} và {parts[-1]}"
