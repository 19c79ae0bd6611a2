"""The document exchange axis: packets not yet seen, and lists of what was sent. Never acknowledged (design §4.1)."""

from collections.abc import Callable, Iterator

import dagster as dg

from assets.raw.landing import Collection, land, not_configured
from connectors.axis import Axis
from connectors.records import Page
from warehouse.database import Warehouse


def axis_asset(
    resource: str, description: str, ask: Callable[[Axis, Warehouse], Iterator[Page]], directory: bool = False
) -> dg.AssetsDefinition:
    """A directory is read whole and may be refused: nothing is counted by it."""

    @dg.asset(key=["raw", f"axis__{resource}"], group_name="raw", kinds={"python", "duckdb"}, description=description)
    def landed(
        context: dg.AssetExecutionContext,
        warehouse: dg.ResourceParam[Warehouse],
        axis: dg.ResourceParam[Axis | None],
    ) -> dg.MaterializeResult[None]:
        if axis is None:
            return not_configured(context, "axis")
        collection = Collection("axis", resource, complete=directory, optional=directory)
        return land(context, warehouse, axis, collection, ask(axis, warehouse))

    return landed


def read_packets(warehouse: Warehouse, resource: str) -> set[str]:
    """A packet never changes, so what has been read is not fetched again; what could not be read is."""
    found = warehouse.query(
        f"select record_key from raw.axis__{resource} group by record_key"
        " having max_by((payload ->> '$.packet.error') is null, version)"
    )
    return {key for (key,) in found}


received_documents = axis_asset(
    "received_documents",
    "Văn bản nhận trên trục liên thông: dữ kiện của gói tin, không có nội dung văn bản.",
    lambda axis, warehouse: axis.received(read_packets(warehouse, "received_documents")),
)
received_statuses = axis_asset(
    "received_statuses",
    "Gói tin trạng thái nhận trên trục liên thông.",
    lambda axis, warehouse: axis.statuses(read_packets(warehouse, "received_statuses")),
)
sent_documents = axis_asset(
    "sent_documents", "Văn bản đã gửi qua trục liên thông, theo nơi nhận.", lambda axis, warehouse: axis.sent()
)
sent_statuses = axis_asset(
    "sent_statuses", "Trạng thái đã gửi qua trục liên thông.", lambda axis, warehouse: axis.sent_statuses()
)
agencies = axis_asset(
    "agencies", "Danh mục cơ quan trên trục liên thông.", lambda axis, warehouse: axis.agencies(), directory=True
)
