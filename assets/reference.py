"""Objectives, targets, calendar, units and maps as tables; and the closing date that every result is made for."""

from collections.abc import Iterator
from typing import Any

import dagster as dg
from pydantic import Field

from assets.partitions import PARTITION_TAG, closing_date, closing_dates
from assets.run_settings import LOCAL, RunSettings
from assets.sources import collections, systems
from warehouse import building, dictionary, history, ledger, reference, unchanged
from warehouse.database import Database
from warehouse.reference.tables import create_table


WORDS = dictionary.load()
# `closing` is an asset of its own: it is made for a day; what the home is, every run enters as it begins.
TABLES = sorted(
    name.removeprefix("reference.")
    for name in WORDS.tables
    if name.startswith("reference.") and name not in ("reference.closing", "reference.home")
)


SOURCE_COLUMNS = dict.fromkeys(
    ("system", "system_title", "resource", "table_name", "source", "title", "keeper", "description", "how"), str
) | dict.fromkeys(("is_complete", "is_optional", "is_main"), bool)


def source_rows() -> list[dict[str, Any]]:
    """The register of sources as a table: what is asked of whom, with its names for people."""
    titles = systems()
    return [
        {
            "system": source.system,
            "system_title": titles[source.system],
            "resource": collection.resource,
            "table_name": source.table(collection),
            "source": source.code,
            "title": source.title,
            "keeper": source.keeper,
            "description": collection.description,
            "how": collection.how,
            "is_complete": collection.complete,
            "is_optional": collection.optional,
            "is_main": collection.is_main,
        }
        for source, collection in collections()
    ]


class Definitions(dg.Config):
    """Theo định nghĩa nào. Để nguyên: theo các tệp tham chiếu hiện nay."""

    as_published: bool = Field(
        default=False,
        description=(
            "Bật: tính lại đúng như đã công bố cho ngày chốt này (định nghĩa, lịch, danh mục, dữ liệu đã biết khi đó);"
            " kết quả phải trùng từng bảng với bản đã công bố, nếu không thì không công bố."
        ),
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
    context: dg.AssetExecutionContext,
    config: Definitions,
    database: dg.ResourceParam[Database],
    run_settings: dg.ResourceParam[RunSettings],
) -> Iterator[dg.MaterializeResult[None]]:
    snapshot = published_then(context, database, run_settings) if config.as_published else None
    try:
        versions = reference.load(database, run_settings.own_reference, snapshot)
    except reference.ReferenceDataError as error:
        raise dg.Failure(str(error), allow_retries=False) from error
    create_table(database, "sources", SOURCE_COLUMNS, source_rows())
    for table in TABLES:
        metadata: dict[str, int | str] = {"dagster/row_count": building.rows(database, f"reference.{table}")}
        if table in versions:
            metadata["Phiên bản"] = versions[table]
        yield dg.MaterializeResult(asset_key=["reference", table], metadata=metadata)


def published_then(context: dg.AssetExecutionContext, database: Database, run_settings: RunSettings) -> str | None:
    """The version of the reference files that the closing date was published by; the run computes that again."""
    day = closing_date(context.run.tags.get(PARTITION_TAG), run_settings)
    then = history.as_published(database, day)
    if then is None:
        raise dg.Failure(
            f"Ngày chốt {day:%d/%m/%Y} chưa từng được công bố nên không có gì để tính lại như đã công bố. "
            "Bỏ lựa chọn as_published để tính theo định nghĩa hiện nay.",
            allow_retries=False,
        )
    history.replay(database, context.run.run_id, then.version)
    unchanged.forget(database)
    context.log.info(
        f"Tính lại đúng như bản {then.version}, công bố lúc {then.published_at.astimezone(LOCAL):%d/%m/%Y %H:%M}"
    )
    return then.reference_version


@dg.asset(
    key=["reference", "closing"],
    deps=[["raw", "portal__dossiers"], ["reference", "versions"]],
    group_name="reference",
    kinds={"python", "duckdb"},
    partitions_def=closing_dates,
    description=WORDS.table("reference.closing").description,
)
def closing(
    context: dg.AssetExecutionContext, database: dg.ResourceParam[Database], run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    day = closing_date(context.partition_key if context.has_partition_key else None, run_settings)
    then = history.replayed(database, context.run.run_id)
    ledger.set_closing(database, day, context.run.run_id, run_settings.org_code, cut_at=then.cut_at if then else None)
    history.compare_with(database, run_settings.published, day, context.log.warning)
    return dg.MaterializeResult(metadata={"dagster/row_count": 1, "Ngày chốt": f"{day:%d/%m/%Y}"})
