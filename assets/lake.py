"""What is published goes to the store that organisations share, where one is set (`STORE=ducklake`)."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import dagster as dg

from assets.partitions import closing_dates
from assets.run_settings import RunSettings
from warehouse import store_beside
from warehouse.database import Database
from warehouse.reading import Published, newest
from warehouse.shared_store import SharedStore, StoreFailed


@dg.asset(
    key=["published", "lake"],
    deps=[["published", "mtcl"]],
    group_name="published",
    kinds={"duckdb"},
    partitions_def=closing_dates,
    description="Bản công bố trong kho chung của nhiều tổ chức (DuckLake); chỉ ghi thêm, người đọc thấy bản mới nhất.",
)
def lake(
    context: dg.AssetExecutionContext, database: dg.ResourceParam[Database], run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    """A store that does not answer takes nothing back: the publication stands in the home."""
    assert run_settings.store
    published = newest(run_settings.published)
    try:
        told = append(run_settings.store, run_settings.org_code, published, database)
    except StoreFailed as error:
        raise dg.Failure(
            f"Bản {published.version} đã công bố nhưng chưa vào kho chung: {error} Chạy lại: mtcl lake append.",
            allow_retries=False,
        ) from error
    context.log.info(f"Kho chung: {told['publication_id']}, {told['rows']:,} dòng")
    return dg.MaterializeResult(metadata={"Bản": told["publication_id"], "Số dòng": told["rows"]})


def append(store: SharedStore, org_code: str, published: Published, database: Database) -> dict[str, Any]:
    """With what the warehouse knows beside the published file. Raises StoreFailed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        store_beside.write(database, folder)
        since = store.raw_until(org_code) if store.tells_raw else None
        until = store_beside.write_raw(database, folder, since) if store.tells_raw else None
        return store.append(org_code, published, folder, until)
