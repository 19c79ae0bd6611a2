"""The models of item that iGate systems use side by side: the limit at the top, and dossiers that were removed."""

import json
from datetime import date
from typing import Any

from connectors.dossiers import decode_page, record_of
from connectors.records import Pseudonymiser, Record
from tests.models.dossier_sources import DEFAULTS, DossierSources, payload, rows_of


TABLE = """
code                     | limit | accepted         | completed        | appointment
-------------------------+-------+------------------+------------------+------------
H19.101-20260609-0092637 | 5 d   | 2025-03-03 08:00 | 2025-03-07 09:00 |
H19.01-250303-0002       | 2 d   | 2025-03-03 08:00 | 2025-03-07 09:00 |
"""


def flat(item: dict[str, Any]) -> dict[str, Any]:
    """As another model of item writes it."""
    limit = item.pop("procedureProcessDefinition")["processDefinition"]
    return item | limit | {"procedure": item["procedure"] | {"name": "Cấp giấy phép"}}


def landed(items: list[dict[str, Any]]) -> list[Record]:
    """Through the border of the connector."""
    page = decode_page(json.dumps({"content": items, "last": True}).encode())
    return [record_of(item, Pseudonymiser(b"key")) for item in page.content]


def clocks(dossiers: DossierSources, items: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    dossiers.given_agencies("id | code | name | parent_id\nu1 | H19.01 | Sở Nội vụ |")
    dossiers.land("dossiers", landed(items))
    dossiers.build(date(2025, 12, 31))
    return dossiers.query("select dossier_code, classification, due_on_statutory from marts.dossier_clock order by all")


def test_the_limit_at_the_top_is_the_limit_within(dossiers: DossierSources) -> None:
    items = [flat(payload(DEFAULTS | row)) for row in rows_of(TABLE)]
    assert [(code, classified) for code, classified, _ in clocks(dossiers, items)] == [
        ("H19.01-250303-0002", "qua_han"),
        ("H19.101-20260609-0092637", "truoc_han"),
    ]
    kept = json.loads(landed(items)[0].payload)
    assert (kept["processingTime"], kept["procedure"]["name"]) == ("5", "Cấp giấy phép")


def test_a_removed_dossier_that_is_listed_all_the_same_is_not_counted(dossiers: DossierSources) -> None:
    first, second = (payload(DEFAULTS | row) for row in rows_of(TABLE))
    removed = second | {"dossierStatus": {"id": 18, "name": "Đã xóa"}, "dossierTaskStatus": None}
    assert [code for code, *_ in clocks(dossiers, [first, removed])] == ["H19.101-20260609-0092637"]
    assert dossiers.set_aside() == {}
