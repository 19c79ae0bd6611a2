"""Objectives, targets, calendar, units and maps as tables; and the closing date that every result is made for."""

from collections.abc import Iterator

import dagster as dg

from assets.partitions import closing_date, closing_dates
from assets.terms import Terms
from warehouse import dictionary, reference
from warehouse.database import Warehouse


WORDS = dictionary.load()
# `closing` is an asset of its own: it is made for a day.
TABLES = sorted(
    name.removeprefix("reference.")
    for name in WORDS.tables
    if name.startswith("reference.") and name != "reference.closing"
)


@dg.multi_asset(
    name="reference",
    specs=[
        dg.AssetSpec(
            key=["reference", table],
            group_name="reference",
            kinds={"python", "duckdb"},
            description=WORDS.table(f"reference.{table}").description,
        )
        for table in TABLES
    ],
)
def reference_tables(
    warehouse: dg.ResourceParam[Warehouse], terms: dg.ResourceParam[Terms]
) -> Iterator[dg.MaterializeResult[None]]:
    try:
        versions = reference.load(warehouse, terms.own_reference)
    except reference.ReferenceDataError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    for table in TABLES:
        metadata: dict[str, int | str] = {"dagster/row_count": warehouse.rows(f"reference.{table}")}
        if table in versions:
            metadata["Phiên bản"] = versions[table]
        yield dg.MaterializeResult(asset_key=["reference", table], metadata=metadata)


@dg.asset(
    key=["reference", "closing"],
    deps=[["raw", "portal__dossiers"]],
    group_name="reference",
    kinds={"python", "duckdb"},
    partitions_def=closing_dates,
    description=WORDS.table("reference.closing").description,
)
def closing(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse], terms: dg.ResourceParam[Terms]
) -> dg.MaterializeResult[None]:
    day = closing_date(context.partition_key if context.has_partition_key else None, terms)
    warehouse.set_closing(day, context.run.run_id, terms.org_code)
    return dg.MaterializeResult(metadata={"dagster/row_count": 1, "Ngày chốt": f"{day:%d/%m/%Y}"})
