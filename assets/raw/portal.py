"""The one-stop system: dossiers by their "updated" order, the directory, the procedures, the system's own counts."""

from collections.abc import Iterator
from datetime import date, timedelta

import dagster as dg
from pydantic import Field

from assets.raw.cursors import position_after, since
from assets.raw.key_sets import differing, is_due, months_begun, reading_again
from assets.raw.landing import Collection, land, not_configured
from assets.terms import Terms
from connectors.portal import Portal
from connectors.records import Page
from warehouse.database import Warehouse


REREAD_JOB, REREAD_DAYS = "reread", 31


class DossierReading(dg.Config):
    """Cách đọc hồ sơ. Để nguyên: chỉ đọc hồ sơ thay đổi từ lần trước; riêng công việc reread: 31 ngày gần đây."""

    last_days: int = Field(
        default=0,
        ge=0,
        description="Đọc lại các hồ sơ tiếp nhận trong chừng này ngày gần đây; 0: không đọc lại.",
    )
    accepted_from: str = Field(
        default="",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Đọc lại từ ngày tiếp nhận này (năm-tháng-ngày, ví dụ 2025-03-01); để trống: theo last_days.",
    )
    accepted_to: str = Field(
        default="",
        pattern=r"^(\d{4}-\d{2}-\d{2})?$",
        description="Đọc lại đến hết ngày tiếp nhận này (năm-tháng-ngày); để trống: đến hôm nay.",
    )
    everything: bool = Field(
        default=False,
        description="Đọc lại toàn bộ hồ sơ và ghi nhận hồ sơ nào không còn ở nguồn. Có thể mất nhiều giờ.",
    )

    def of(self, job: str) -> "DossierReading":
        """What an empty form means: the last month in the job that reads again, nothing special elsewhere."""
        return DossierReading(last_days=REREAD_DAYS) if job == REREAD_JOB and self == DossierReading() else self

    def window(self, today: date) -> tuple[date, date] | None:
        """Acceptance days [start, end) to read again; None when no period is asked for."""
        end = date.fromisoformat(self.accepted_to) if self.accepted_to else today
        if self.accepted_from:
            start = date.fromisoformat(self.accepted_from)
        elif self.last_days or self.accepted_to:
            start = end - timedelta(days=max(self.last_days, 1) - 1)
        else:
            return None
        if start > end:
            raise dg.Failure(
                f"Khoảng đọc lại không hợp lệ: từ {start:%d/%m/%Y} đến {end:%d/%m/%Y}.", allow_retries=False
            )
        return start, end + timedelta(days=1)


@dg.asset(
    key=["raw", "portal__dossier_counts"],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Mỗi tuần một lần: số hồ sơ theo tháng tiếp nhận do nguồn tự đếm, để biết có hồ sơ nào lọt hoặc mất.",
)
def portal__dossier_counts(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    portal: dg.ResourceParam[Portal | None],
    terms: dg.ResourceParam[Terms],
) -> dg.MaterializeResult[None]:
    if portal is None:
        return not_configured(context, "portal")
    if not is_due(warehouse, terms):
        return dg.MaterializeResult(metadata={"Ghi chú": "Tuần này đã đếm rồi."})
    pages = portal.dossier_counts(months_begun(terms.today), terms.today)
    return land(context, warehouse, portal, Collection("portal", "dossier_counts", optional=True), pages)


@dg.asset(
    key=["raw", "portal__dossiers"],
    deps=[["raw", "portal__dossier_counts"]],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Hồ sơ TTHC trên hệ thống một cửa, mỗi phiên bản một dòng; người nộp đã thay bằng mã ẩn danh.",
)
def portal__dossiers(
    context: dg.AssetExecutionContext,
    config: DossierReading,
    warehouse: dg.ResourceParam[Warehouse],
    portal: dg.ResourceParam[Portal | None],
    terms: dg.ResourceParam[Terms],
) -> dg.MaterializeResult[None]:
    if portal is None:
        return not_configured(context, "portal")
    collection, pages = dossiers_wanted(warehouse, portal, config.of(context.run.job_name), terms)
    result = land(context, warehouse, portal, collection, pages)
    if not collection.complete and (found := differing(warehouse, context.run.run_id, terms)):
        for one in found:
            context.log.warning(
                f"Tháng {one.month[0]:%m/%Y}: đã có {one.known} hồ sơ, nguồn tự đếm {one.counted}; đọc lại trọn tháng."
                + ("" if one.may_have_gone else " Mất quá nhiều cùng lúc nên không coi hồ sơ nào là đã xóa.")
            )
        land(context, warehouse, portal, *reading_again(warehouse, portal, found))
    return result


def dossiers_wanted(
    warehouse: Warehouse, portal: Portal, config: DossierReading, terms: Terms
) -> tuple[Collection, Iterator[Page]]:
    """A period again, everything again, or what has changed since the cursor."""
    window = config.window(terms.today)
    if window is not None:
        bounds = (window[0].isoformat(), window[1].isoformat())
        return Collection("portal", "dossiers", window=bounds), portal.dossiers_accepted(*window)
    before = warehouse.cursor("portal", "dossiers")
    start = None if config.everything else since(before, terms)
    collection = Collection(
        "portal",
        "dossiers",
        complete=start is None,
        window=(start.isoformat() if start else None, None),
        cursor_before=before,
        cursor=position_after(before, terms),
    )
    return collection, portal.dossiers(start)


@dg.asset(
    key=["raw", "portal__agencies"],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Danh mục đơn vị của hệ thống một cửa.",
)
def portal__agencies(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    portal: dg.ResourceParam[Portal | None],
) -> dg.MaterializeResult[None]:
    if portal is None:
        return not_configured(context, "portal")
    return land(
        context, warehouse, portal, Collection("portal", "agencies", complete=True, optional=True), portal.agencies()
    )


@dg.asset(
    key=["raw", "portal__procedures"],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Thủ tục hành chính đang tiếp nhận trên hệ thống một cửa.",
)
def portal__procedures(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    portal: dg.ResourceParam[Portal | None],
) -> dg.MaterializeResult[None]:
    if portal is None:
        return not_configured(context, "portal")
    return land(
        context,
        warehouse,
        portal,
        Collection("portal", "procedures", complete=True, optional=True),
        portal.procedures(),
    )


@dg.asset(
    key=["raw", "portal__statistics"],
    group_name="raw",
    kinds={"python", "duckdb"},
    description="Số liệu do chính hệ thống một cửa thống kê theo đơn vị và tháng, để đối chiếu.",
)
def portal__statistics(
    context: dg.AssetExecutionContext,
    warehouse: dg.ResourceParam[Warehouse],
    portal: dg.ResourceParam[Portal | None],
    terms: dg.ResourceParam[Terms],
) -> dg.MaterializeResult[None]:
    if portal is None:
        return not_configured(context, "portal")
    pages = (page for start, end in months_begun(terms.today) for page in portal.statistics(start, end))
    return land(context, warehouse, portal, Collection("portal", "statistics", optional=True), pages)
