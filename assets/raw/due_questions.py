"""What is to be asked again one by one: the questions that need the warehouse's memory.

Neither list nor decision carries a time of change, so a detail is read again when its row in the list or at the public
gateway is new or changed, when a decision touched it after it was read, and once a week in any case, a seventh a day.
"""

from datetime import datetime

from assets.questions import ask
from assets.run_settings import RunSettings
from warehouse import ledger
from warehouse.database import Database


def copies_to_ask(database: Database, run_settings: RunSettings) -> list[str]:
    """Dossiers accepted before today, drawn by the day: the same in every run of one day."""
    wanted = {
        "today": run_settings.today.isoformat(),
        "midnight": midnight(run_settings),
        "sample": run_settings.copies_asked,
    }
    return [code for (code,) in ask(database, "copies_due", **wanted)]


def midnight(run_settings: RunSettings) -> datetime:
    return run_settings.clock().replace(hour=0, minute=0, second=0, microsecond=0)


def procedures_to_read(database: Database, run_settings: RunSettings) -> list[str]:
    now = run_settings.clock()
    found = ask(database, "procedures_due", weekday=now.weekday(), today=midnight(run_settings))
    return [code for (code,) in found]


def processes_to_read(database: Database, run_settings: RunSettings) -> list[str]:
    """Procedures of the one-stop system, by their ids there."""
    now = run_settings.clock()
    found = ask(database, "processes_due", weekday=now.weekday(), today=midnight(run_settings))
    return [procedure_id for (procedure_id,) in found]


def decisions_to_read(database: Database, run_settings: RunSettings) -> list[str]:
    """Decisions that are new or have changed since their procedures were last asked."""
    read_until = ledger.cursor(database, "tthc", "decision_procedures")
    found = ask(database, "decisions_due", read_until=read_until, since=run_settings.decisions_since)
    return [decision for (decision,) in found]
