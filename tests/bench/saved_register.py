"""One row saved in a register: the models that a night then runs against all of them, over 1 M dossiers."""

from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from connectors.records import Page, Record
from tests.bench.rebuild import CLOSING
from tests.bench.world import landed
from warehouse import ledger, models, unchanged
from warehouse.database import Database
from warehouse.landing import Extraction
from warehouse.opening import open_warehouse


def night(warehouse: Database, run_id: str) -> dict[str, float]:
    """Seconds, and how many models had to be run."""
    ledger.set_closing(warehouse, CLOSING, run_id)
    started = perf_counter()
    made = sum(unchanged.make(warehouse, model).is_new for model in models.load())
    return {"seconds": perf_counter() - started, "models": made}


def save(warehouse: Database, number: int) -> None:
    row = Record(f"risk {number}", b'{"code": "R-01"}', None)
    with Extraction(warehouse, "registers", "risks", run_id="bench") as extraction:
        extraction.add(Page([row], number=1, total_pages=1, total_records=1, bytes=0))
        extraction.finish()


def turn(warehouse: Database, number: int) -> dict[str, float]:
    """As after a release, when nothing is known of what tables were made of; then the row; then nothing."""
    warehouse.query("delete from ledger.builds")
    everything = night(warehouse, f"everything {number}")
    save(warehouse, number)
    saved = night(warehouse, f"saved {number}")
    nothing = night(warehouse, f"nothing {number}")
    return {
        "everything": everything["seconds"],
        "saved": saved["seconds"],
        "models_saved": saved["models"],
        "nothing": nothing["seconds"],
        "models_nothing": nothing["models"],
    }


def measure(quick: bool, folder: Path, turns: int) -> list[dict[str, float]]:
    with open_warehouse(folder / "registers.duckdb", clock=lambda: datetime.now(UTC)) as warehouse:
        landed(warehouse, 5_000 if quick else 1_000_000, CLOSING)
        return [turn(warehouse, number) for number in range(turns)]
