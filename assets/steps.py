"""Which models are built in one step of a run.

A step costs a run more than a small model does, so what stands in one folder is built in one. A folder that reads
what was made of it elsewhere is built in as many steps as that takes: steps never wait for each other in a circle.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from dataclasses import dataclass
from graphlib import TopologicalSorter

from warehouse.models import Model, in_stable_order


# What a model reads of an earlier layer is made before its turn; what it reads of any other folder, a turn before.
LAYERS = {"staging": 0, "core": 1, "anomalies": 2, "indicators": 3, "marts": 4}
# Always of the newest closing date, whichever was computed; without partitions its page shows what it holds.
NEWEST = ("marts.scoreboard", "marts.headline_result")


@dataclass(frozen=True)
class Step:
    name: str
    # Each after those it reads.
    models: tuple[Model, ...]

    @property
    def is_of_newest(self) -> bool:
        return self.models[0].table in NEWEST


def steps(known: Mapping[str, Model], reads: Mapping[str, Set[str]]) -> list[Step]:
    """`reads`: per model, whatever must be there before it."""
    inner = {table: reads[table] & known.keys() for table in known}
    sorter = TopologicalSorter(inner)
    sorter.prepare()
    turns: dict[str, int] = {}
    together: defaultdict[tuple[str, int], list[Model]] = defaultdict(list)
    for table in in_stable_order(sorter):
        model = known[table]
        turns[table] = max((turns[read] + (not same_turn(model, known[read])) for read in inner[table]), default=0)
        together[folder(model), turns[table]].append(model)
    seen: Counter[str] = Counter()
    found = []
    for (name, _), models in together.items():
        seen[name] += 1
        found.append(Step(name if seen[name] == 1 else f"{name}_{seen[name]}", tuple(models)))
    return found


def folder(model: Model) -> str:
    return "marts_newest" if model.table in NEWEST else "_".join(filter(None, (model.schema, model.subject)))


def same_turn(model: Model, read: Model) -> bool:
    last = len(LAYERS)
    return folder(model) == folder(read) or LAYERS.get(read.schema, last) < LAYERS.get(model.schema, last)
