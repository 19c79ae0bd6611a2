"""How figures and days are written in Vietnamese, everywhere that people read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime


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


def goal(operator: str | None, target: float | None) -> str:
    """≥ 97,00 %."""
    if target is None:
        return NOTHING
    return f"{OPERATORS.get(operator or '', operator)}\N{NO-BREAK SPACE}{percent(target)}"


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
