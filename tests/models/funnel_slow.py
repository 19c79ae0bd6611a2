"""The funnel by a slow definition: exact fractions, every outcome summed one by one (Spiegelhalter 2005)."""

import math
from dataclasses import dataclass
from fractions import Fraction


FEWEST, FEWEST_UNITS, CUT = 20, 10, Fraction(1, 10)
TAILS = {"95": Fraction(25, 1000), "998": Fraction(1, 1000)}
Counts = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Place:
    """`limits` are lower_95, upper_95, lower_998, upper_998; None where there are too few cases."""

    limits: tuple[float, float, float, float] | None
    position: str


def distance(size: int, rate: Fraction, tail: Fraction) -> Fraction:
    """The lower limit of a count of `size`: the first count of more than the tail, less the part of it that is over."""
    up_to = Fraction(0)
    for count in range(size + 1):
        probability = math.comb(size, count) * rate**count * (1 - rate) ** (size - count)
        up_to += probability
        if up_to >= tail:
            return (count - (up_to - tail) / probability) / size
    raise AssertionError("probabilities sum to one")


def dispersion(counts: Counts, rate: Fraction) -> float:
    scores = sorted(
        (good / size - float(rate)) / math.sqrt(float(rate * (1 - rate)) / size)
        for good, size in counts.values()
        if size >= FEWEST
    )
    if len(scores) < FEWEST_UNITS:
        return 1.0
    cut = math.floor(len(scores) * CUT)
    mild = [min(max(score, scores[cut]), scores[-1 - cut]) for score in scores]
    return max(1.0, sum(score**2 for score in mild) / len(mild))


def places(counts: Counts) -> tuple[float, dict[str, Place]]:
    """φ, and each unit's place, from its (successes, cases); the general rate is that of all of them."""
    rate = Fraction(sum(good for good, _ in counts.values()), sum(size for _, size in counts.values()))
    spread = dispersion(counts, rate)
    return spread, {unit: place(*count, rate, spread) for unit, count in counts.items()}


def place(good: int, size: int, rate: Fraction, spread: float) -> Place:
    if size < FEWEST:
        return Place(None, "qua_it")
    limits = []
    for tail in TAILS.values():
        lower = distance(size, rate, tail)
        # The same for failures: the upper limit of successes is what is left.
        upper = 1 - distance(size, 1 - rate, tail)
        limits += [float(rate) + math.sqrt(spread) * float(limit - rate) for limit in (lower, upper)]
    lowest, highest = limits[0], limits[1]
    position = "kem_hon" if good / size < lowest else "tot_hon" if good / size > highest else "chua_phan_biet"
    low_95, high_95, low_998, high_998 = limits
    return Place((max(0, low_95), min(1, high_95), max(0, low_998), min(1, high_998)), position)
