"""Since when a record has been set aside, by which version of a rule, and when it was released."""

from dataclasses import replace
from datetime import date, timedelta

from tests.support.source import NOON, Clock, pages, record
from warehouse import ledger, quarantine
from warehouse.database import Database
from warehouse.expectations import Rule
from warehouse.landing import Extraction
from warehouse.validation import Outcome


RULE = Rule("body_is_known", "E", {}, "warning", "Sai", "Sửa", quarantine=True, source=("portal", "agencies"))
HISTORY = (
    "select record_key, rule_version, first_set_aside_at, last_set_aside_at, released_at"
    " from quarantine.history order by record_key, first_set_aside_at"
)


def aside(warehouse: Database, *keys: str, rule: Rule = RULE) -> None:
    warehouse.query("create or replace table staging.portal__agencies as from raw.portal__agencies")
    quarantine.set_aside(warehouse, "staging.portal__agencies", [Outcome(rule, not keys, len(keys), 2, list(keys))])


def landed(warehouse: Database) -> None:
    with Extraction(warehouse, "portal", "agencies", run_id="r") as extraction:
        for page in pages([record("a"), record("b")]):
            extraction.add(page)
    ledger.set_closing(warehouse, date(2025, 7, 1), "r")


def test_a_record_is_followed_from_its_first_failure_to_its_release(warehouse: Database, clock: Clock) -> None:
    landed(warehouse)
    aside(warehouse, "a", "b")
    clock.now = NOON + timedelta(days=1)
    aside(warehouse, "a")
    clock.now = NOON + timedelta(days=2)
    aside(warehouse, "a", "b")
    day = [NOON + timedelta(days=number) for number in range(3)]
    assert warehouse.query(HISTORY) == [
        ("a", RULE.version, day[0], day[2], None),
        ("b", RULE.version, day[0], day[0], day[1]),
        ("b", RULE.version, day[2], day[2], None),
    ]


def test_a_mended_rule_shows_its_new_version_and_new_words_do_not(warehouse: Database) -> None:
    landed(warehouse)
    aside(warehouse, "a")
    assert replace(RULE, message="Khác", advice="Khác").version == RULE.version
    mended = replace(RULE, kwargs={"column": "body"})
    assert mended.version != RULE.version
    aside(warehouse, "a", rule=mended)
    assert [row[:2] for row in warehouse.query(HISTORY)] == [("a", mended.version)]
    assert warehouse.query("select rule_version from quarantine.records") == [(mended.version,)]


def test_a_closing_date_of_the_past_leaves_the_history_alone(warehouse: Database) -> None:
    landed(warehouse)
    aside(warehouse, "a")
    before = warehouse.query(HISTORY)
    warehouse.query("insert into ledger.publications (version, closing_date) values ('v', date '2025-07-01')")
    ledger.set_closing(warehouse, date(2025, 6, 30), "r")
    aside(warehouse)
    assert warehouse.query("from quarantine.records") == []
    assert warehouse.query(HISTORY) == before
