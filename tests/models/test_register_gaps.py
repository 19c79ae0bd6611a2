"""What a room wrote and could not be taken leaves the question open: the range is as wide as the rows are many."""

import json
from datetime import date

from connectors.records import Page, Record
from tests.models.dossier_sources import DossierSources


BUILT = None


def land(dossiers: DossierSources, register: str, rows: list[tuple[str, dict[str, object]]]) -> None:
    records = [Record(key, json.dumps(payload, ensure_ascii=False).encode(), None) for key, payload in rows]
    with dossiers.warehouse.extraction("registers", register, run_id="test") as extraction:
        extraction.add(Page(records, number=1, total_pages=1, total_records=len(records), bytes=0))
        extraction.finish(complete=True, may_be_empty=True)


def test_wrong_rows_of_a_register_widen_the_range_of_its_indicator(dossiers: DossierSources) -> None:
    rooms = ("Phòng Tổng hợp", "Phòng Kinh tế", "Phòng Nội chính")
    evidence = {"year": "2025", "form": "Biên bản họp", "communicated_on": "2025-05-15"}
    land(dossiers, "communications", [(room, evidence | {"unit": room}) for room in rooms])
    file = {"file": "truyen-dat.xlsx", "registers": ["communications"], "received": 5, "rows": 3, "wrong": 2}
    land(dossiers, "files", [("truyen-dat.xlsx", file)])
    dossiers.build(date(2025, 12, 31))
    found = dossiers.query(
        "select numerator, denominator - numerator, quarantined, round(upper_bound - actual, 6) > 0"
        " from marts.scoreboard where indicator = 'D1'"
    )
    ((met, failed, aside, is_wider),) = found
    assert (met, aside, is_wider) == (3, 2, True)
    assert failed == len(dossiers.query("select 1 from marts.failing_record where indicator = 'D1'"))
