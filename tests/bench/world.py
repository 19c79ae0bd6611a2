"""A warehouse with many landed dossiers, made without a socket."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import islice
from random import Random

from connectors.records import Page, Pseudonymiser, Record
from tests.bench.pages import dossier
from tests.support.warehouses import load_reference
from warehouse import ledger
from warehouse.database import Database
from warehouse.landing import Extraction


def records(count: int) -> Iterator[Record]:
    """Dossiers as the portal connector hands them over."""
    chance, pseudonymiser = Random(2025), Pseudonymiser(b"k" * 32)
    for number in range(count):
        item = dossier(number, chance)
        data = item["applicant"]["data"]  # type: ignore[index] - a dictionary, made a few lines above
        item["applicant"] = {
            "pseudonym": pseudonymiser.of(data["identityNumber"]),
            "chonDoiTuong": data["chonDoiTuong"],
            "organization": False,
        }
        yield Record(str(item["code"]), json.dumps(item, ensure_ascii=False).encode(), str(item["updatedDate"]))


def landed(warehouse: Database, count: int, closing: date) -> None:
    """Reference data, `count` dossiers in raw, the closing date set."""
    load_reference(warehouse)
    source = records(count)
    with Extraction(warehouse, "portal", "dossiers", run_id="bench") as extraction:
        while batch := list(islice(source, 20_000)):
            extraction.add(Page(batch, number=1, total_pages=None, total_records=None, bytes=0))
        extraction.finish()
    ledger.set_closing(warehouse, closing, "bench")
