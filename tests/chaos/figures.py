"""What the disturbances came to: one line per kind, and whether anything was lost, doubled or wrongly published."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Trial:
    """One disturbance and what was found after it. Empty lists: survived.

    `lost`: records or publications that had been there; `doubled`: records that stand twice; `wrong`: published tables
    or answers that differ; `untold`: a traceback where a sentence belongs, or a failure in silence.
    `tried`: how many disturbances this one look judges.
    """

    what: str
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    tried: int = 1

    @property
    def has_survived(self) -> bool:
        return not (self.lost or self.doubled or self.wrong or self.untold)


@dataclass
class Figures:
    """Of one kind."""

    kind: str
    trials: list[Trial] = field(default_factory=list)

    @property
    def tried(self) -> int:
        return sum(trial.tried for trial in self.trials)

    @property
    def survived(self) -> int:
        return sum(trial.tried for trial in self.trials if trial.has_survived)

    def count(self, name: str) -> int:
        return sum(bool(getattr(trial, name)) for trial in self.trials)


COLUMNS = ("lost", "doubled", "wrong", "untold")
HEADING = f"{'kind':<10}{'tried':>8}{'survived':>10}{'lost':>8}{'doubled':>9}{'wrongly published':>19}{'untold':>8}"


def line(one: Figures) -> str:
    lost, doubled, wrong, untold = (one.count(name) for name in COLUMNS)
    return f"{one.kind:<10}{one.tried:>8}{one.survived:>10}{lost:>8}{doubled:>9}{wrong:>19}{untold:>8}"


def complaints(one: Figures) -> list[str]:
    """What did not survive, each with what was found first."""
    return [
        f"{one.kind}: {trial.what}: "
        + "; ".join(f"{name} {', '.join(found[:3])}" for name in COLUMNS if (found := getattr(trial, name)))
        for trial in one.trials
        if not trial.has_survived
    ]


def verdict(figures: Iterable[Figures]) -> int:
    """0 where everything survived and every kind was tried, else 1."""
    return int(any(one.tried == 0 or one.survived < one.tried for one in figures))
