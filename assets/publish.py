"""The gate and the publication. Anything that failed before leaves yesterday's version standing (design §4.5)."""

from datetime import date

import dagster as dg

from assets.models import built_models
from assets.partitions import closing_dates
from assets.privacy import scanned
from assets.run_settings import RunSettings
from warehouse import actions, expectations, history, ledger, raw_integrity
from warehouse.database import Database
from warehouse.publishing import PublicationRefused, publish


@dg.asset(
    key=["published", "mtcl"],
    deps=[*(key for model in built_models for key in model.keys), *scanned.keys],
    group_name="published",
    kinds={"duckdb"},
    partitions_def=closing_dates,
    description="Cơ sở dữ liệu công bố: một tệp chỉ đọc cho mỗi phiên bản; chỉ ghi khi mọi quy tắc bắt buộc đều đạt.",
)
def published(
    context: dg.AssetExecutionContext, database: dg.ResourceParam[Database], run_settings: dg.ResourceParam[RunSettings]
) -> dg.MaterializeResult[None]:
    try:
        run_id, closing_date = last_build(database)
        refuse_what_was_not_checked(database, run_id)
        refuse_damaged_evidence(database)
        refuse_what_was_not_published_so(context, database, run_id)
        version = publish(
            database,
            run_settings.published,
            run_id=run_id,
            closing_date=closing_date,
            keep=run_settings.keep_versions,
            signer=run_settings.signer,
            actions_sha256=actions.newest(run_settings.home),
            tell=context.log.warning,
        )
    except PublicationRefused as refusal:
        raise dg.Failure(str(refusal), allow_retries=False) from refusal
    ledger.end_run(database, context.run.run_id, "published", version.version)
    context.log.info(f"Đã công bố {version.version}")
    return dg.MaterializeResult(
        metadata={
            "Phiên bản": version.version,
            "Ngày chốt": f"{closing_date:%d/%m/%Y}",
            "Tệp": dg.MetadataValue.path(version.path),
            "Bảng điểm": dg.MetadataValue.asset(dg.AssetKey(["marts", "scoreboard"])),
            "Bản kê": dg.MetadataValue.json(version.manifest),
        }
    )


def last_build(database: Database) -> tuple[str, date]:
    """The run that made the tables as they stand: this one, or in the job `publish` an earlier one."""
    found = ledger.closing(database)
    if found is None:
        raise PublicationRefused("Chưa có kết quả nào để công bố; hãy chạy công việc daily trước.")
    return found


def refuse_what_was_not_published_so(context: dg.AssetExecutionContext, database: Database, run_id: str) -> None:
    """A run that computes a publication again must come to it, table by table."""
    then = history.replayed(database, run_id)
    if then is None:
        return
    differing = history.differences(database, then.version)
    if not differing:
        context.log.info(f"Mọi bảng tính lại đều trùng khớp từng giá trị với bản {then.version}")
        return
    versions = history.versions_of_definitions(database)
    why = (
        "Phần mềm tính đã thay đổi từ khi đó: cài lại bản cũ để tái lập đúng từng dòng."
        if versions.get("software") != then.versions.get("software")
        else "Báo người quản trị hệ thống."
    )
    raise PublicationRefused(
        f"Không công bố: tính lại bản {then.version} ra kết quả khác ở {', '.join(differing)}. {why} "
        "Bản đã công bố vẫn giữ nguyên."
    )


def refuse_damaged_evidence(database: Database) -> None:
    """Raw records that do not match their hashes, in lists that are taken whole: no rule would set them aside."""
    tables = raw_integrity.held_without_rule(database)
    if tables:
        raise PublicationRefused(
            f"Không công bố: bản ghi gốc của {', '.join(tables)} không khớp mã băm đã lưu, không lấy lại được từ bản "
            "dự phòng và nguồn chưa gửi lại. Chạy lại daily; nếu vẫn vậy, lấy lại từ bản sao lưu: mtcl restore."
        )


def refuse_what_was_not_checked(database: Database, run_id: str) -> None:
    """A run that stopped half-way has tables of two days; its later tables were never checked."""
    missing = sorted(set(expectations.load()) - ledger.checked_tables(database, run_id))
    if missing:
        raise PublicationRefused(
            f"Không công bố: lần tính gần nhất dừng giữa chừng, chưa kiểm tra {', '.join(missing)}. "
            "Bản đã công bố trước đó vẫn giữ nguyên. Hãy chạy lại công việc daily."
        )
