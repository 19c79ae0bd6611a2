"""The records set aside: which rule each broke, since when, and when it was released."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

import pyarrow as pa

from warehouse.building import columns
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.validation import Outcome


SET_ASIDE = """
insert into quarantine.records
select
    $checked_table,
    failing.system,
    failing.resource,
    failing.record_key,
    failing.rule,
    failing.message,
    failing.advice,
    min({first_seen_at}),
    min({content_hash}),
    failing.rule_version
from failing left join {table} as checked on failing.record_key = checked.record_key
group by all
order by failing.record_key, failing.rule
"""

# A closing date of the past has its own list; the history is that of the newest.
IS_NEWEST = """
select coalesce((select max(closing_date) from reference.closing) >= max(closing_date), true) from ledger.publications
"""

SEEN_AGAIN = """
update quarantine.history as kept set last_set_aside_at = $now, rule_version = aside.rule_version
from quarantine.records as aside
where kept.checked_table = $checked_table and kept.released_at is null
    and aside.checked_table = kept.checked_table and aside.record_key = kept.record_key and aside.rule = kept.rule
"""

RELEASED = """
update quarantine.history as kept set released_at = $now
where kept.checked_table = $checked_table and kept.released_at is null and not exists (
    select 1 from quarantine.records as aside
    where aside.checked_table = kept.checked_table and aside.record_key = kept.record_key and aside.rule = kept.rule
)
"""

NEWLY_ASIDE = """
insert into quarantine.history by name
select distinct checked_table, system, resource, record_key, rule, rule_version, message, advice,
    $now as first_set_aside_at, $now as last_set_aside_at, null::timestamptz as released_at
from quarantine.records as aside
where aside.checked_table = $checked_table and not exists (
    select 1 from quarantine.history as kept
    where kept.checked_table = aside.checked_table and kept.record_key = aside.record_key and kept.rule = aside.rule
        and kept.released_at is null
)
"""


def set_aside(database: Database, table: str, outcomes: Sequence[Outcome]) -> int:
    """Sets aside every record that broke a quarantine rule of this table, and releases those that no longer do.

    Returns how many rows that makes: a record that broke two rules stands in two.
    """
    failing = [
        (key, outcome.rule, *(outcome.rule.source or unknown_source(outcome.rule, table)))
        for outcome in outcomes
        if outcome.rule.quarantine
        for key in outcome.failing_keys
    ]
    rows = {
        "record_key": [key for key, *_ in failing],
        "rule": [rule.name for _, rule, *_ in failing],
        "message": [rule.message for _, rule, *_ in failing],
        "advice": [rule.advice for _, rule, *_ in failing],
        "rule_version": [rule.version for _, rule, *_ in failing],
        "system": [system for *_, system, _ in failing],
        "resource": [resource for *_, resource in failing],
    }
    arrow = pa.table({name: pa.array(values, pa.string()) for name, values in rows.items()})
    has = columns(database, table)
    statement = SET_ASIDE.format(
        table=table,
        first_seen_at="checked.first_seen_at" if "first_seen_at" in has else "null",
        content_hash="checked.content_hash" if "content_hash" in has else "null",
    )
    with database.transaction(f"quarantine of {table}"), database.registered("failing", arrow):
        database.query("delete from quarantine.records where checked_table = $1", [table])
        count = int(database.query(statement, {"checked_table": table})[0][0]) if failing else 0
        enter_history(database, table)
    return count


def enter_history(database: Database, table: str) -> None:
    """Since when, until when. Call it in the transaction that sets the records aside."""
    ((is_newest,),) = database.query(IS_NEWEST)
    if not is_newest:
        return
    values = {"checked_table": table, "now": database.clock()}
    database.query(SEEN_AGAIN, values)
    database.query(RELEASED, values)
    database.query(NEWLY_ASIDE, values)


def unknown_source(rule: Rule, table: str) -> NoReturn:
    raise ValueError(f"rule {rule.name} of {table} sets records aside but names no source")
