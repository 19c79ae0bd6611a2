"""The partition of every result: the closing date (ngày chốt số liệu). Extraction and reference data have none."""

import os
from contextlib import suppress
from datetime import date, datetime

import dagster as dg

from assets.run_settings import LOCAL, TIMEZONE, RunSettings


PARTITION_TAG = "dagster/partition"


def days_ahead() -> int:
    """By how far the day that a rehearsal is given lies beyond this machine's; read as Dagster loads its definitions.

    What is wrong with the setting is told where settings are read.
    """
    with suppress(ValueError):
        given = date.fromisoformat(os.environ.get("MTCL_TODAY", ""))
        return max(0, (given - datetime.now(LOCAL).date()).days)
    return 0


closing_dates = dg.DailyPartitionsDefinition("2025-01-01", end_offset=1 + days_ahead(), timezone=TIMEZONE)


def closing_date(partition: str | None, run_settings: RunSettings) -> date:
    """The day asked for; a run started with an empty form closes today."""
    return date.fromisoformat(partition) if partition else run_settings.today
