"""Rules beside the tables they speak of: expectations/<schema>/<table>.py holds RULES.

Great Expectations is not imported here, since that takes seconds; validation.py makes its expectations of these.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal


FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Rule:
    """One property of one table: a class of Great Expectations, its arguments, and words for the officer."""

    name: str
    expectation: str
    kwargs: dict[str, Any]
    severity: Literal["critical", "warning"]
    message: str
    advice: str
    # Failing rows are set aside and the run goes on; without it, a critical failure stops publishing.
    quarantine: bool = False
    # The columns by which a failing row is named.
    key: tuple[str, ...] = ("record_key",)
    # Other tables the rule needs built before it can be asked.
    reads: tuple[str, ...] = ()
    # System and resource of the records; set on loading from the module's SOURCE, or a name like portal__dossiers.
    source: tuple[str, str] | None = None

    @property
    def version(self) -> str:
        """Changes with what the rule asks, not with its words."""
        asked = json.dumps([self.expectation, self.kwargs], sort_keys=True, default=str)
        return hashlib.sha256(asked.encode()).hexdigest()[:12]


def set_aside_where(name: str, condition: str, message: str, advice: str, reads: tuple[str, ...] = ()) -> Rule:
    """The rows that meet the condition are set aside."""
    return Rule(
        name=name,
        expectation="UnexpectedRowsExpectation",
        kwargs={"unexpected_rows_query": f"select * from {{batch}} where {condition}"},
        severity="warning",
        message=message,
        advice=advice,
        quarantine=True,
        reads=reads,
    )


def load(folder: Path = FOLDER) -> dict[str, list[Rule]]:
    """All rules by table, found by their files."""
    return {
        f"{path.parent.name}.{path.stem}": rules_of(path)
        for path in sorted(folder.glob("*/*.py"))
        if not path.stem.startswith("_")
    }


def rules_of(path: Path) -> list[Rule]:
    spec = importlib.util.spec_from_file_location(f"warehouse.expectations.{path.parent.name}.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load the rules of {path}")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    system, found, resource = path.stem.partition("__")
    source = getattr(module, "SOURCE", (system, resource) if found else None)
    rules = [replace(rule, source=rule.source or source) for rule in module.RULES]
    names = [rule.name for rule in rules]
    if len(set(names)) < len(names):
        raise ValueError(f"{path}: two rules of one name")
    return rules
