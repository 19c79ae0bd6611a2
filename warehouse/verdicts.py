"""Verdicts that stand: rules that were met are not asked again of the same rows (design §4.26)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from warehouse import building, unchanged
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.validation import Outcome


TABLE = re.compile(r"\b(?:raw|reference|staging|core|anomalies|indicators|marts|ledger|quarantine)\.[a-z]\w*")


def asked(database: Database, table: str, rules: Sequence[Rule]) -> str:
    """Digest of what the rules of a table ask, and of what."""
    texts = [json.dumps(vars(rule), sort_keys=True, default=str) for rule in rules]
    others = {read for rule in rules for read in rule.reads} | set(TABLE.findall(" ".join(texts)))
    tokens = [
        f"{read} {unchanged.content_of(database, read)}"
        for read in sorted({table, *others})
        if building.columns(database, read)
    ]
    return unchanged.digest([unchanged.ground(), *texts, *tokens])


def standing(database: Database, table: str, rules: Sequence[Rule], of_what: str) -> list[Outcome] | None:
    """What the rules said of the same rows, where all were met; None where they must be asked.

    Of a rule that is broken the ledger does not hold which records break it.
    """
    found = database.query(
        "select rule, success, unexpected_count, element_count from ledger.checks inner join ledger.builds"
        " on run_id = checked_by and checked_table = table_name where table_name = $1 and rules = $2",
        [table, of_what],
    )
    known = {rule: counts for rule, *counts in found}
    if known.keys() != {rule.name for rule in rules} or not all(success for success, _, _ in known.values()):
        return None
    return [Outcome(rule, True, known[rule.name][1], known[rule.name][2], []) for rule in rules]


def note(database: Database, table: str, of_what: str, run_id: str) -> None:
    """Call it when the ledger holds the verdicts of that run."""
    database.query(
        "update ledger.builds set rules = $2, checked_by = $3 where table_name = $1", [table, of_what, run_id]
    )
