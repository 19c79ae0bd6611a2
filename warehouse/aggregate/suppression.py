"""Which cells of sums may not be shown: small ones, and those by which a small one could be found (domain §10, T33)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations


# Counts from 1 to one below it speak of persons.
LEAST = 5
# Indicator and unit, of one definition and period.
Cell = tuple[str, str]


@dataclass(frozen=True)
class Sum:
    """`parts` add up to the first of `totals`, less the second where there are two."""

    totals: tuple[Cell, ...]
    parts: frozenset[Cell]


def sums_of(cells: Iterable[Cell], members: Mapping[str, frozenset[str]]) -> list[Sum]:
    """What adds up: units to the scopes they are members of, indicators (MT1a, MT1b) to that of their clause (MT1)."""
    known = frozenset(cells)
    found = [*by_scope(known, within(known, members))]
    for indicator, unit in sorted(known):
        parts = frozenset(cell for cell in known if cell[1] == unit and cell[0][:-1] == indicator)
        if parts:
            found.append(Sum(((indicator, unit),), parts))
    return found


def within(known: Iterable[Cell], members: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    """Of every scope that has a figure: its units that are no scopes themselves."""
    units = {unit for _, unit in known}
    return {scope: (own & units) - members.keys() for scope, own in sorted(members.items()) if scope in units}


def with_own(
    values: Mapping[Cell, int], members: Mapping[str, frozenset[str]]
) -> tuple[dict[Cell, int], dict[str, frozenset[str]]]:
    """The same with what a scope counts beyond its units: nobody shows it, and a subtraction would tell it."""
    found, scopes, among = dict(values), within(values, members), {scope: set(own) for scope, own in members.items()}
    for scope, own in sorted(scopes.items(), key=lambda one: len(one[1])):
        outer = [name for name, units in scopes.items() if name == scope or own < units]
        for indicator in {name for name, unit in values if unit == scope}:
            parts = sum(found.get((indicator, unit), 0) for unit in among[scope] - members.keys())
            if (left := values[indicator, scope] - parts) > 0:
                found[indicator, f"{scope} (own)"] = left
        for name in outer:
            among[name].add(f"{scope} (own)")
    return found, {scope: frozenset(units) for scope, units in among.items()}


def by_scope(known: frozenset[Cell], scopes: Mapping[str, frozenset[str]]) -> Iterator[Sum]:
    """Each scope, and what is left of one when another inside it is taken away."""
    for indicator in sorted({name for name, _ in known}):
        for scope, own in sorted(scopes.items()):
            yield Sum(((indicator, scope),), cells_of(indicator, own, known))
        for (outer, whole), (inner, part) in permutations(sorted(scopes.items()), 2):
            if part < whole:
                yield Sum(((indicator, outer), (indicator, inner)), cells_of(indicator, whole - part, known))


def cells_of(indicator: str, units: Iterable[str], known: frozenset[Cell]) -> frozenset[Cell]:
    return frozenset((indicator, unit) for unit in units) & known


def hidden(values: Mapping[Cell, int], sums: Iterable[Sum]) -> set[Cell]:
    """Every count from 1 to 4; and in each sum that would tell one, the smallest other that is large enough to leave
    every small value possible, or else the total. Repeated until no sum tells a hidden cell.
    """
    gone = {cell for cell, value in values.items() if 0 < value < LEAST}
    every = list(sums)
    while more := {cell for one in every if (cell := telling(one, values, gone))}:
        gone |= more
    return gone


def telling(one: Sum, values: Mapping[Cell, int], gone: set[Cell]) -> Cell | None:
    """The cell to hide next, where the sum still tells a hidden one."""
    missing = [cell for cell in one.parts if cell in gone]
    is_open = all(total in values and total not in gone for total in one.totals)
    is_covered = len(missing) > 1 and any(values[cell] >= LEAST for cell in missing)
    if not missing or not is_open or is_covered:
        return None
    large = [cell for cell in one.parts if cell not in gone and values.get(cell, 0) >= LEAST]
    return min(large, key=lambda cell: (values[cell], cell)) if large else one.totals[0]
