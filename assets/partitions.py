"""The partition of every result: the closing date (ngày chốt số liệu). Extraction and reference data have none.

A day is a partition once somebody has asked for it: the catalogue shows the days that were closed, and does not call
every other day since 2025 missing.
"""

import os
from contextlib import suppress
from datetime import date, datetime

import dagster as dg

from assets.run_settings import LOCAL, RunSettings


PARTITION_TAG = "dagster/partition"
FIRST_DAY = date(2025, 1, 1)
NAME = "ngay_chot"

closing_dates = dg.DynamicPartitionsDefinition(name=NAME)


def enter(instance: dg.DagsterInstance, day: str) -> None:
    """Makes the day a partition, before a run of it is made; and those of a home in which every day was one."""
    known = set(instance.get_dynamic_partitions(NAME))
    if day in known:
        return
    earlier = set() if known else instance.get_materialized_partitions(dg.AssetKey(["published", "mtcl"]))
    instance.add_dynamic_partitions(NAME, sorted({day, *earlier} - known))


def closing_date(partition: str | None, run_settings: RunSettings) -> date:
    """The day asked for; a run started with an empty form closes today. Raises dg.Failure."""
    try:
        return asked(partition) if partition else run_settings.today
    except ValueError as error:
        raise dg.Failure(str(error), allow_retries=False) from error


def asked(partition: str) -> date:
    """Whoever types a day into Dagster's form may type anything. Raises ValueError, which says what may be asked."""
    told = partition
    with suppress(ValueError):
        day = date.fromisoformat(partition)
        if FIRST_DAY <= day <= last_day():
            return day
        told = f"{day:%d/%m/%Y}"
    raise ValueError(f"{told} không phải là ngày chốt: phải là một ngày (năm-tháng-ngày) từ 01/01/2025 đến hôm nay.")


def last_day() -> date:
    """Today, or the day that a rehearsal is given. What is wrong with the setting is told where settings are read."""
    today = datetime.now(LOCAL).date()
    with suppress(ValueError):
        return max(today, date.fromisoformat(os.environ.get("MTCL_TODAY", "")))
    return today
