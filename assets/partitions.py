"""The partition of every result: the closing date (ngày chốt số liệu). Extraction and reference data have none."""

from datetime import date

import dagster as dg

from assets.run_settings import TIMEZONE, RunSettings


PARTITION_TAG = "dagster/partition"

closing_dates = dg.DailyPartitionsDefinition("2025-01-01", end_offset=1, timezone=TIMEZONE)


def closing_date(partition: str | None, run_settings: RunSettings) -> date:
    """The day asked for; a run started with an empty form closes today."""
    return date.fromisoformat(partition) if partition else run_settings.today
