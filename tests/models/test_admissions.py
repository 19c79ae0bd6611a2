"""What the axis sends is used or set aside with a reason; what is lost on the way shows."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from connectors.records import Page, Record
from tests.models.dossier_sources import DossierSources, all_models
from warehouse import building, expectations, quarantine
from warehouse.landing import Extraction
from warehouse.validation import validate


CLOSING = date(2025, 12, 31)
AXIS = ("received_documents", "sent_documents", "received_statuses")


@pytest.fixture
def dossiers(tmp_path: Path) -> Iterator[DossierSources]:
    dossiers = DossierSources(tmp_path, None)
    yield dossiers
    dossiers.close()


def land(dossiers: DossierSources, system: str, resource: str, **payloads: object) -> None:
    records = [Record(key, json.dumps(payload).encode(), None) for key, payload in payloads.items()]
    with Extraction(dossiers.warehouse, system, resource, run_id="test") as extraction:
        extraction.add(Page(records, 1, 1, len(records), 0))


def packet(**facts: object) -> dict[str, object]:
    listing = {"from": "000.00.03.H19", "to": "000.00.00.H19", "created_time": "2025-03-03 09:00:00"}
    known = {"kind": "document", "code_number": "7", "code_notation": "SNV-VP", "promulgation_date": "2025-03-03"}
    return {"listing": listing | {k: v for k, v in facts.items() if k in listing},
            "packet": known | {k: v for k, v in facts.items() if k not in listing}}  # fmt: skip


def sending(**facts: object) -> dict[str, object]:
    known = {"senderDocId": "1", "fromCode": "H19", "toCode": "H19.03", "notation": "7/UBND",
             "sendStatus": "done", "sentTime": "2025-03-03 09:00:00"}  # fmt: skip
    return known | facts


def built(dossiers: DossierSources) -> dict[str, set[str]]:
    """Builds once to judge the packets, once more without those set aside; key → rules broken."""
    dossiers.build(CLOSING)
    rules = expectations.load()
    for resource in AXIS:
        table = f"staging.axis__{resource}"
        quarantine.set_aside(dossiers.warehouse, table, validate(dossiers.warehouse, table, rules[table]))
    dossiers.build(CLOSING)
    return dossiers.set_aside()


def rebuild(dossiers: DossierSources, table: str) -> None:
    building.build(dossiers.warehouse, next(model for model in all_models() if model.table == table))


def test_packets_that_cannot_be_counted_are_set_aside_each_with_its_reason(dossiers: DossierSources) -> None:
    land(
        dossiers, "axis", "received_documents",
        good=packet(), again=packet(document_id="2"), later=packet(code_number="8", created_time="2026-03-03 09:00:00"),
        broken={"listing": packet()["listing"], "packet": {"error": "không đọc được"}},
        nameless=packet(code_number=None), undated=packet(code_number="9", created_time="hôm qua"),
    )  # fmt: skip
    land(
        dossiers, "axis", "sent_documents",
        sent=sending(), failed=sending(sendStatus="fail"), later_on=sending(sentTime="2026-03-03 09:00:00"),
        noname=sending(notation=None), nobody=sending(toCode=None), notime=sending(sentTime="?"),
        noid=sending(senderDocId=""),
    )  # fmt: skip
    land(
        dossiers, "axis", "received_statuses",
        odd={"packet": {"status_code": "99", "timestamp": "2025-03-03 10:00:00", "response_for": {"code": "7/UBND"}}},
    )  # fmt: skip
    assert built(dossiers) == {
        "broken": {"packet_is_readable"},
        "nameless": {"packet_names_its_document"},
        "undated": {"arrival_is_readable"},
        "noname": {"sending_names_its_document"},
        "nobody": {"recipient_is_given"},
        "notime": {"sending_time_is_readable"},
        "noid": {"sending_has_an_identity"},
        "odd": {"status_code_is_known"},
    }
    assert dossiers.query(
        "select resource, received, accepted, quarantined, difference from core.exchange_admissions"
    ) == [
        ("received_documents", 6, 3, 3, 0),
        ("sent_documents", 7, 3, 4, 0),
    ]
    widened = dict(
        dossiers.query(
            "select definition, quarantined from marts.indicator_result where indicator = 'MT2b' and unit_code = 'VP'"
            " and period_kind = 'year_to_date' and period_calendar = 'iso'"
        )
    )
    assert widened["IN"] >= 3
    assert widened["PAIR"] >= 5


def test_a_packet_that_a_model_drops_without_a_word_stops_the_publication(dossiers: DossierSources) -> None:
    land(dossiers, "axis", "received_documents", good=packet())
    built(dossiers)
    dossiers.query("delete from core.received_packets")
    rebuild(dossiers, "core.exchange_admissions")
    rules = expectations.load()["core.exchange_admissions"]
    (outcome,) = validate(dossiers.warehouse, "core.exchange_admissions", rules)
    assert (outcome.success, outcome.rule.severity, outcome.failing_keys) == (
        False,
        "critical",
        ["axis|received_documents"],
    )


def test_a_row_lost_on_the_way_into_raw_stops_the_publication(dossiers: DossierSources) -> None:
    land(dossiers, "portal", "agencies", a={"code": "H19.01"}, b={"code": "H19.02"})
    dossiers.query("update ledger.extractions set duplicates = 1 where resource = 'agencies'")
    land(dossiers, "axis", "agencies", c={"code": "H19.01"}, d={"code": "H19.02"})
    dossiers.query("delete from raw.axis__agencies where record_key = 'd'")
    dossiers.build(CLOSING)
    table = "staging.ledger__extractions"
    outcomes = validate(dossiers.warehouse, table, expectations.load()[table])
    assert {outcome.rule.name: outcome.failing_keys for outcome in outcomes} == {
        "received_equals_landed_and_duplicates": ["portal|agencies"],
        "landed_versions_are_in_the_warehouse": ["axis|agencies"],
    }


def unbalanced(dossiers: DossierSources) -> list[tuple[object, ...]]:
    rebuild(dossiers, "core.record_accounting")
    return dossiers.query("from core.record_accounting where difference <> 0 order by all")


def test_every_table_of_every_source_is_counted_and_a_row_lost_or_doubled_shows(dossiers: DossierSources) -> None:
    tables = dossiers.query("select table_name from duckdb_tables() where schema_name = 'raw'")
    for (table,) in tables:
        land(dossiers, *table.split("__"), a={"code": "A"}, b={"code": "B"})
    built(dossiers)
    assert unbalanced(dossiers) == []
    counted = dossiers.query("select system || '__' || resource from core.record_accounting")
    assert set(counted) == set(tables)
    dossiers.query("delete from staging.axis__sent_statuses where record_key = 'a'")
    dossiers.query("insert into staging.registers__risks from staging.registers__risks where record_key = 'b'")
    dossiers.query("update staging.tthc__decisions set record_key = 'another' where record_key = 'a'")
    assert unbalanced(dossiers) == [
        ("axis", "sent_statuses", 2, 1, 0, 0, 1, 0, 1),
        ("registers", "risks", 2, 2, 0, 0, 0, 1, 1),
        ("tthc", "decisions", 2, 1, 0, 0, 1, 1, 2),
    ]


def test_what_the_source_withdrew_is_counted_as_withdrawn(dossiers: DossierSources) -> None:
    land(dossiers, "registers", "risks", a={"unit": "A"}, b={"unit": "B"})
    land(dossiers, "tthc", "decisions", a={"CODE": "1"}, b={"CODE": "2"})
    for table in ("registers__risks", "tthc__decisions"):
        dossiers.query(f"update raw.{table} set withdrawn_at = first_seen_at where record_key = 'a'")
    built(dossiers)
    assert dossiers.query("from core.record_accounting order by system") == [
        ("registers", "risks", 2, 1, 0, 1, 0, 0, 0),
        ("tthc", "decisions", 2, 2, 0, 0, 0, 0, 0),
    ]
