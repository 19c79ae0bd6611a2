"""The national database of procedures: the session service, and the public gateway that announces decisions."""

from collections.abc import Callable, Iterator

import dagster as dg

from assets.raw.landing import Collection, land, not_configured
from assets.raw.turns import copies_to_ask, decisions_to_read, procedures_to_read
from assets.terms import Terms
from connectors.records import Page
from connectors.tthc import NationalDatabase
from connectors.tthc_public import PublicGateway
from warehouse.database import Warehouse


def database_asset(
    resource: str, description: str, ask: Callable[[NationalDatabase], Iterator[Page]], optional: bool = False
) -> dg.AssetsDefinition:
    @dg.asset(key=["raw", f"tthc__{resource}"], group_name="raw", kinds={"python", "duckdb"}, description=description)
    def landed(
        context: dg.AssetExecutionContext,
        warehouse: dg.ResourceParam[Warehouse],
        tthc: dg.ResourceParam[NationalDatabase | None],
    ) -> dg.MaterializeResult[None]:
        if tthc is None:
            return not_configured(context, "tthc")
        collection = Collection("tthc", resource, complete=True, optional=optional)
        return land(context, warehouse, tthc, collection, ask(tthc))

    return landed


def gateway_asset(
    resource: str, description: str, ask: Callable[[PublicGateway], Iterator[Page]]
) -> dg.AssetsDefinition:
    @dg.asset(key=["raw", f"tthc__{resource}"], group_name="raw", kinds={"python", "duckdb"}, description=description)
    def landed(
        context: dg.AssetExecutionContext,
        warehouse: dg.ResourceParam[Warehouse],
        gateway: dg.ResourceParam[PublicGateway | None],
    ) -> dg.MaterializeResult[None]:
        if gateway is None:
            return not_configured(context, "tthc_public")
        return land(context, warehouse, gateway, Collection("tthc", resource, complete=True), ask(gateway))

    return landed


procedure_list = database_asset(
    "procedure_list", "Danh sách TTHC trên Cơ sở dữ liệu quốc gia.", lambda tthc: tthc.procedure_list()
)
fields = database_asset("fields", "Danh mục lĩnh vực TTHC.", lambda tthc: tthc.fields(), optional=True)
agencies = database_asset(
    "agencies", "Danh mục cơ quan của Cơ sở dữ liệu quốc gia.", lambda tthc: tthc.agencies(), optional=True
)
public_procedures = gateway_asset(
    "public_procedures", "TTHC đang hiển thị trên Cổng công khai quốc gia.", lambda gateway: gateway.procedures()
)
decisions = gateway_asset(
    "decisions", "Quyết định công bố TTHC trên Cổng công khai quốc gia.", lambda gateway: gateway.decisions()
)


@dg.asset(
    key=["raw", "tthc__decision_procedures"],
    deps=[["raw", "tthc__decisions"]],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="TTHC mới, sửa đổi, bãi bỏ theo từng quyết định; chỉ hỏi những quyết định mới hoặc vừa thay đổi.",
)
def decision_procedures(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    gateway: dg.ResourceParam[PublicGateway | None],
    terms: dg.ResourceParam[Terms],
) -> dg.MaterializeResult[None]:
    if gateway is None:
        return not_configured(context, "tthc_public")
    read_until = terms.clock().isoformat()
    wanted = decisions_to_read(warehouse, terms)
    pages = (page for decision in wanted for page in gateway.decision_procedures(decision))
    collection = Collection("tthc", "decision_procedures", cursor=lambda newest: read_until)
    return land(context, warehouse, gateway, collection, pages)


@dg.asset(
    key=["raw", "tthc__procedures"],
    deps=[["raw", "tthc__procedure_list"], ["raw", "tthc__decision_procedures"], ["raw", "tthc__public_procedures"]],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Nội dung từng TTHC; chỉ đọc lại khi danh sách hoặc quyết định có thay đổi, và mỗi tuần một lần.",
)
def procedures(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    tthc: dg.ResourceParam[NationalDatabase | None],
    terms: dg.ResourceParam[Terms],
) -> dg.MaterializeResult[None]:
    if tthc is None:
        return not_configured(context, "tthc")
    pages = tthc.procedures(procedures_to_read(warehouse, terms))
    return land(context, warehouse, tthc, Collection("tthc", "procedures"), pages)


@dg.asset(
    key=["raw", "tthc__dossier_copies"],
    deps=[["raw", "portal__dossiers"]],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Mẫu hồ sơ của hệ thống một cửa được hỏi xem đã có trên Cổng quốc gia chưa (TraCuuHoSo).",
)
def dossier_copies(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    tthc: dg.ResourceParam[NationalDatabase | None],
    terms: dg.ResourceParam[Terms],
) -> dg.MaterializeResult[None]:
    if tthc is None:
        return not_configured(context, "tthc")
    pages = tthc.dossier_copies(copies_to_ask(warehouse, terms))
    return land(context, warehouse, tthc, Collection("tthc", "dossier_copies", optional=True), pages)
